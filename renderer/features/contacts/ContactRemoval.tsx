import type { Contact } from '../../../shared/contact';
import { blockContact, removeContact } from '../../actions/contacts/change-contact';
import { askToConfirm } from '../../state/questions/confirmation';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import styles from './ContactsPage.module.css';

/** Block, unblock and remove. */
export const ContactRemoval = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  const name = personName(contact);
  const remove = () =>
    askToConfirm({
      title: `Remove ${name}?`,
      text: 'Their mail stays. If they write again, it arrives under Requests.',
      confirm: 'Remove',
      tone: 'danger',
      run: () => void removeContact(services, contact),
    });
  const block = () =>
    askToConfirm({
      title: `Block ${name}?`,
      text: 'What they send from now on is thrown away unseen. They are not told.',
      confirm: 'Block',
      tone: 'danger',
      run: () => void blockContact(services, { contact, blocked: true }),
    });
  return (
    <div className={styles.removal}>
      {contact.blocked ? (
        <Button onClick={() => void blockContact(services, { contact, blocked: false })} data-testid="contact-unblock">
          Unblock
        </Button>
      ) : (
        <Button tone="quiet" onClick={block} data-testid="contact-block">
          Block…
        </Button>
      )}
      <Button tone="quiet" onClick={remove} data-testid="contact-remove">
        Remove…
      </Button>
    </div>
  );
};
