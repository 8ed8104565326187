import { Ban } from 'lucide-react';
import { memo } from 'react';
import type { Contact } from '../../../../shared/contact';
import { StandingSign } from '../../../parts/standing/StandingSign';
import type { NameOf } from '../../../queries/use-contacts';
import { Avatar } from '../../../ui/Avatar';
import { Icon } from '../../../ui/Icon';
import { personName, shortAddress } from '../../../words/address-text';
import { isVerified } from '../../../words/standing-words';
import styles from './ContactList.module.css';

export type ContactRowProps = {
  readonly id: string;
  readonly contact: Contact;
  readonly nameOf: NameOf;
  /** Its place in the list, from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly current: boolean;
  readonly onChoose: (contact: Contact) => void;
};

/** They have moved, or have scanned the user's code and hope to be verified in turn. */
const waits = ({ moveNotice, scannedYouAt, standing, blocked }: Contact): boolean =>
  !blocked && (moveNotice !== undefined || (scannedYouAt !== undefined && !isVerified(standing)));

/** Somebody in the address book. The list around it holds the focus and the keys. */
export const ContactRow = memo(({ id, contact, nameOf, index, count, top, current, onChoose }: ContactRowProps) => (
  <div
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={current}
    aria-setsize={count}
    aria-posinset={index + 1}
    className={styles.row}
    style={{ transform: `translateY(${String(top)}px)` }}
    onClick={() => onChoose(contact)}
    onKeyDown={() => undefined}
    data-blocked={contact.blocked || undefined}
    data-address={contact.address}
    data-standing={contact.standing.kind}
    data-testid="contact-row"
  >
    <Avatar name={contact.name || contact.address} seed={contact.address} />
    <span className={styles.rowWords}>
      <span className={styles.rowName}>{personName(contact)}</span>
      <span className={styles.rowAddress}>{shortAddress(contact.address)}</span>
    </span>
    {waits(contact) && (
      <span className={styles.waiting} role="img" aria-label="Waits for your answer" title="Waits for your answer" />
    )}
    {contact.blocked ? (
      <span className={styles.blocked} role="img" aria-label="Blocked" title="Blocked">
        <Icon icon={Ban} size={15} />
      </span>
    ) : (
      <StandingSign standing={contact.standing} nameOf={nameOf} />
    )}
  </div>
));
ContactRow.displayName = 'ContactRow';
