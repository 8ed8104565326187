import { BadgeCheck, SquarePen } from 'lucide-react';
import type { Contact } from '../../../../shared/contact';
import { useContacts } from '../../../queries/use-contacts';
import { closeCardDialog } from '../../../state/card-dialogs';
import { openComposer } from '../../../state/compose';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { personName } from '../../../words/address-text';
import styles from '../cards.module.css';
import { FocusedHeading } from './FocusedHeading';
import { KeyMismatchWarning } from './CardWarnings';

export type VerifiedPersonProps = {
  readonly contact: Contact;
  /** Whether the first mail to them will prove that their code was scanned. */
  readonly proves: boolean;
};

/**
 * The end of a scan, followed by what becomes of it: the key may only arrive now, and may be another than the card
 * named.
 */
export const VerifiedPerson = ({ contact, proves }: VerifiedPersonProps) => {
  const now = useContacts(contact.identityId)?.find(({ id }) => id === contact.id) ?? contact;
  const name = personName(now);
  if (now.standing.kind === 'mismatch') return <KeyMismatchWarning contact={now} />;
  const write = () => {
    closeCardDialog();
    openComposer({ identityId: now.identityId, to: [now.address] });
  };
  return (
    <div className={styles.verified} data-testid="card-verified" data-standing={now.standing.kind}>
      <span className={styles.seal}>
        <Icon icon={BadgeCheck} size={34} />
      </span>
      <FocusedHeading>{name} is verified</FocusedHeading>
      <p>{keySentence(now)}</p>
      {proves && (
        <p>Your first mail to them proves that you scanned their code, so that they can verify you in return.</p>
      )}
      <div className={styles.buttons}>
        <Button tone="primary" icon={SquarePen} onClick={write} data-testid="card-write">
          Write to {name}
        </Button>
      </div>
    </div>
  );
};

const keySentence = ({ standing }: Contact): string =>
  standing.kind === 'no-key'
    ? 'Their address is certain now. Their key is being fetched from their onion and certified as soon as it is here.'
    : 'Their key is certified by you: mail sealed to it can be read by them alone.';
