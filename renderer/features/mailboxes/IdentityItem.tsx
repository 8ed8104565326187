import { EyeOff } from 'lucide-react';
import type { Identity } from '../../../shared/identity';
import { reachWords } from '../../words/reachability-words';
import { Icon } from '../../ui/Icon';
import { Tooltip } from '../../ui/Tooltip';
import { localPartOf, shortAddress } from '../../words/address-text';
import { classNames } from '../../ui/class-names';
import styles from './Rail.module.css';

export type IdentityItemProps = {
  readonly identity: Identity;
  readonly position: number;
  readonly unread: number;
  readonly current: boolean;
  readonly onPress: () => void;
};

/**
 * One of the person's identities: its colour, what they call it, its short address, and whether others can reach it.
 */
export const IdentityItem = ({ identity, position, unread, current, onPress }: IdentityItemProps) => {
  const name = identity.label || localPartOf(identity.address);
  const reach = reachWords(identity);
  const shortcut = position <= 9 ? { shortcut: `Ctrl+${String(position)}` } : {};
  return (
    <Tooltip text={`${name} · ${reach.sentence}`} side="right" {...shortcut}>
      <button
        type="button"
        className={classNames(styles.item, styles.identity)}
        aria-current={current ? 'true' : undefined}
        data-testid="identity-item"
        data-identity-id={identity.id}
        data-reachability={identity.reachability}
        data-private={identity.isPrivate || undefined}
        onClick={onPress}
      >
        <span className={styles.disc} data-colour={identity.colour} data-reach={identity.reachability} aria-hidden>
          {Array.from(name)[0]}
        </span>
        <span className={styles.words}>
          <span className={styles.line}>{name}</span>
          <span className={classNames(styles.line, styles.address)}>{shortAddress(identity.address)}</span>
          <span className={classNames(styles.line, styles.address)} data-testid="identity-reachability">
            {identity.isPrivate && <Icon icon={EyeOff} size={11} className={styles.hidden} />}
            {reach.title}
          </span>
        </span>
        {unread > 0 && (
          <span className={classNames(styles.count, styles.unread)} aria-label={`${String(unread)} unread`}>
            {unread > 999 ? '999+' : unread}
          </span>
        )}
      </button>
    </Tooltip>
  );
};
