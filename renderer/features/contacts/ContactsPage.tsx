import { BookUser, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Contact } from '../../../shared/contact';
import type { ContactId } from '../../../shared/ids';
import { useContacts } from '../../queries/use-contacts';
import { useCurrentIdentity } from '../../queries/use-identities';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { AddContactDialog } from './AddContactDialog';
import { ContactDetails } from './ContactDetails';
import { ContactList } from './ContactList';
import styles from './ContactsPage.module.css';

/** The address book of the present identity: a list with search, and the contact that is chosen. */
export const ContactsPage = () => {
  const identity = useCurrentIdentity();
  const contacts = useContacts(identity?.id);
  const [adding, setAdding] = useState(false);
  const [chosenId, setChosenId] = useState<ContactId>();
  if (identity === undefined || contacts === undefined) return null;
  const chosen = contacts.find(({ id }) => id === chosenId) ?? contacts[0];
  const add = (
    <Button tone="primary" icon={UserPlus} onClick={() => setAdding(true)} data-testid="add-contact">
      Add contact
    </Button>
  );
  return (
    <div className={styles.page} data-testid="contacts-page">
      {contacts.length === 0 ? (
        <EmptyState
          icon={BookUser}
          title="No contacts yet"
          text="Ask somebody for their Posthorn address and add it here. The right address is all you need to write to them safely."
          action={add}
          testId="contacts-empty"
        />
      ) : (
        <Book contacts={contacts} chosen={chosen} onChoose={setChosenId} add={add} />
      )}
      <AddContactDialog
        identityId={identity.id}
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(contact) => {
          setAdding(false);
          setChosenId(contact.id);
        }}
      />
    </div>
  );
};

type BookProps = {
  readonly contacts: readonly Contact[];
  readonly chosen: Contact | undefined;
  readonly onChoose: (id: ContactId) => void;
  readonly add: ReactNode;
};

const Book = ({ contacts, chosen, onChoose, add }: BookProps) => (
  <>
    <ContactList contacts={contacts} chosen={chosen} onChoose={onChoose} add={add} />
    <div className={styles.details}>{chosen !== undefined && <ContactDetails key={chosen.id} contact={chosen} />}</div>
  </>
);
