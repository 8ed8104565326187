import { CircleAlert, X } from 'lucide-react';
import type { AddressCheck, Contact } from '../../../../shared/contact';
import { StandingSign } from '../../../parts/standing/StandingSign';
import type { NameOf } from '../../../queries/use-contacts';
import { Icon } from '../../../ui/Icon';
import { Tooltip } from '../../../ui/Tooltip';
import { shortAddress } from '../../../words/address-text';
import styles from './RecipientField.module.css';
import { isolated } from '../../../../shared/text/text-direction';

export type RecipientTokenProps = {
  readonly address: string;
  readonly check: AddressCheck | undefined;
  readonly contact: Contact | undefined;
  readonly nameOf: NameOf;
  readonly onRemove: () => void;
};

/**
 * One recipient in a field: their name or short address and what their key is worth, red when it cannot be written
 * to.
 */
export const RecipientToken = ({ address, check, contact, nameOf, onRemove }: RecipientTokenProps) => {
  const invalid = check?.outcome === 'invalid';
  const name = isolated(contact?.name ?? '') || shortOrWhole(address);
  return (
    <Tooltip text={isolated(address)}>
      <span
        className={styles.token}
        data-invalid={invalid || undefined}
        data-testid="recipient-token"
        data-address={address}
        data-standing={contact?.standing.kind}
      >
        {invalid && <Icon icon={CircleAlert} size={13} />}
        <span className={styles.tokenName}>{name}</span>
        {contact !== undefined && !invalid && <StandingSign standing={contact.standing} nameOf={nameOf} size={13} />}
        <button type="button" className={styles.tokenRemove} aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon icon={X} size={12} />
        </button>
      </span>
    </Tooltip>
  );
};

const shortOrWhole = (text: string): string => isolated(text.includes('@') ? shortAddress(text) : text);
