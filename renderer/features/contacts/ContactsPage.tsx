import { BookUser, ScanLine, UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Contact } from '../../../shared/contact';
import type { Identity } from '../../../shared/identity';
import { useContacts, useNames } from '../../queries/use-contacts';
import { useCurrentIdentity } from '../../queries/use-identities';
import { openScan } from '../../state/card-dialogs';
import { chooseContact, useContactPage } from '../../state/contact-page';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { AddContactDialog } from './AddContactDialog';
import { ContactDetails } from './ContactDetails';
import { ContactList } from './list/ContactList';
import { ContactsMenu } from './ContactsMenu';
import styles from './ContactsPage.module.css';

/** The address book of the present identity: a list with search, and the contact that is chosen. */
export const ContactsPage = () => {
  const identity = useCurrentIdentity();
  const contacts = useContacts(identity?.id);
  if (identity === undefined || contacts === undefined) return null;
  return <AddressBook identity={identity} contacts={contacts} />;
};

type AddressBookProps = { readonly identity: Identity; readonly contacts: readonly Contact[] };

const AddressBook = ({ identity, contacts }: AddressBookProps) => {
  const [adding, setAdding] = useState(false);
  const chosenId = useContactPage((page) => page.chosen);
  const choose = useCallback((contact: Contact) => chooseContact(contact.id), []);
  const chosen = contacts.find(({ id }) => id === chosenId) ?? contacts[0];
  const nameOf = useNames(identity.id);
  const add = () => setAdding(true);
  return (
    <div className={styles.page} data-testid="contacts-page">
      {contacts.length === 0 ? (
        <NobodyYet identity={identity} onAdd={add} />
      ) : (
        <>
          <ContactList
            contacts={contacts}
            chosen={chosen}
            nameOf={nameOf}
            onChoose={choose}
            actions={<ListActions identity={identity} onAdd={add} />}
          />
          <div className={styles.details}>
            {chosen !== undefined && <ContactDetails key={chosen.id} contact={chosen} nameOf={nameOf} />}
          </div>
        </>
      )}
      <AddContactDialog
        identityId={identity.id}
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(contact) => {
          setAdding(false);
          choose(contact);
        }}
      />
    </div>
  );
};

type ActionProps = { readonly identity: Identity; readonly onAdd: () => void };

const ListActions = ({ identity, onAdd }: ActionProps) => (
  <>
    <IconButton
      icon={ScanLine}
      label="Scan a code"
      onClick={() => openScan({ identityId: identity.id })}
      data-testid="contacts-scan"
    />
    <ContactsMenu identityId={identity.id} />
    <Button tone="primary" icon={UserPlus} onClick={onAdd} aria-label="Add contact" data-testid="add-contact">
      Add
    </Button>
  </>
);

const NobodyYet = ({ identity, onAdd }: ActionProps) => (
  <EmptyState
    icon={BookUser}
    title="No contacts yet"
    text="Scan somebody’s code when you meet, or ask them for their Posthorn address and add it. The right address is all you need to write to them safely."
    action={
      <div className={styles.removal}>
        <Button icon={ScanLine} onClick={() => openScan({ identityId: identity.id })} data-testid="contacts-scan">
          Scan a code
        </Button>
        <Button tone="primary" icon={UserPlus} onClick={onAdd} data-testid="add-contact">
          Add contact
        </Button>
        <ContactsMenu identityId={identity.id} />
      </div>
    }
    testId="contacts-empty"
  />
);
