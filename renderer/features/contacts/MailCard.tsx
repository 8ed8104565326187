import { EyeOff, PackageCheck, UserRound } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import { changeSharing } from '../../actions/contacts/change-contact';
import { useServices } from '../../state/services';
import { Icon } from '../../ui/Icon';
import type { IconType } from '../../ui/Icon';
import { Switch } from '../../ui/fields/Switch';
import styles from './ContactsPage.module.css';
import { holdersLine, PRIVATE_LINE } from './mail-lines';

/** What this contact is told about the user's mail, and what is known of theirs. */
export const MailCard = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  return (
    <section className={styles.card} aria-label="Mail between you" data-testid="mail-card">
      <h3 className={styles.caption}>Mail between you</h3>
      <ul className={styles.facts}>
        <Fact
          icon={contact.holderCount === 0 ? UserRound : PackageCheck}
          text={holdersLine(contact.holderCount)}
          testId="contact-holders"
        />
        {contact.isPrivate && <Fact icon={EyeOff} text={PRIVATE_LINE} testId="contact-private" />}
      </ul>
      <div className={styles.switches}>
        <Switch
          label="Tell them when I have read their mail"
          hint="They see when you first opened each of their messages, and so that you were at your computer."
          checked={contact.sendsReadReceipts}
          disabled={contact.blocked}
          onChange={(sendsReadReceipts) => void changeSharing(services, { contact, change: { sendsReadReceipts } })}
          testId="contact-read-receipts"
        />
        <Switch
          label="May leave mail with those who keep my mail"
          hint="They learn who keeps your mail, and can leave theirs there while you are offline."
          checked={contact.learnsHolders}
          disabled={contact.blocked}
          onChange={(learnsHolders) => void changeSharing(services, { contact, change: { learnsHolders } })}
          testId="contact-learns-holders"
        />
      </div>
    </section>
  );
};

type FactProps = { readonly icon: IconType; readonly text: string; readonly testId: string };

const Fact = ({ icon, text, testId }: FactProps) => (
  <li data-testid={testId}>
    <Icon icon={icon} size={15} />
    <span>{text}</span>
  </li>
);
