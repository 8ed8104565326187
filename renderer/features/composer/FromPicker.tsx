import { ChevronDown } from 'lucide-react';
import type { IdentityId } from '../../../shared/ids';
import type { Identity } from '../../../shared/identity';
import { useIdentities } from '../../queries/use-identities';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/menus/Menu';
import { localPartOf, shortAddress } from '../../words/address-text';
import styles from './FromPicker.module.css';

export type FromPickerProps = {
  readonly identityId: IdentityId;
  readonly disabled: boolean;
  readonly onChange: (identityId: IdentityId) => void;
};

/** Who writes: the identity with its colour, and a menu of the others where there are any. */
export const FromPicker = ({ identityId, disabled, onChange }: FromPickerProps) => {
  const identities = useIdentities() ?? [];
  const current = identities.find(({ id }) => id === identityId);
  if (current === undefined) return null;
  return (
    <div className={styles.field}>
      <span className={styles.label}>From</span>
      {identities.length === 1 || disabled ? (
        <span className={styles.only}>
          <Who identity={current} />
        </span>
      ) : (
        <Menu
          trigger={
            <button
              type="button"
              className={styles.trigger}
              aria-label={`From ${nameOf(current)}. Change sender`}
              data-testid="compose-from"
            >
              <Who identity={current} />
              <Icon icon={ChevronDown} size={14} />
            </button>
          }
          entries={identities.map((identity) => ({
            kind: 'item',
            label: `${nameOf(identity)} — ${shortAddress(identity.address)}`,
            checked: identity.id === identityId,
            testId: `compose-from-${localPartOf(identity.address)}`,
            run: () => onChange(identity.id),
          }))}
        />
      )}
    </div>
  );
};

const nameOf = (identity: Identity): string => identity.label || localPartOf(identity.address);

const Who = ({ identity }: { readonly identity: Identity }) => (
  <span className={styles.who} data-colour={identity.colour}>
    <span className={styles.dot} aria-hidden />
    <span className={styles.name}>{nameOf(identity)}</span>
    <span className={styles.address}>{shortAddress(identity.address)}</span>
  </span>
);
