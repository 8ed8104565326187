import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Contact } from '../../../shared/contact';
import { renameContact } from '../../actions/contacts/change-contact';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import { TextField } from '../../ui/fields/TextField';
import { personName, shortAddress } from '../../words/address-text';
import styles from './ContactsPage.module.css';

/** How the user calls a contact, and the way to change it. */
export const ContactName = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  const [draft, setDraft] = useState<string>();
  // The field takes the keyboard with it when it goes: it goes back to the button that it came from.
  const [renamed, setRenamed] = useState(false);
  const end = (byKey: boolean) => {
    setRenamed(byKey);
    setDraft(undefined);
  };
  if (draft !== undefined) {
    const save = (byKey: boolean) => {
      if (draft.trim() !== contact.name) void renameContact(services, { contact, name: draft });
      end(byKey);
    };
    return (
      <form
        className={styles.rename}
        onSubmit={(event) => {
          event.preventDefault();
          save(true);
        }}
      >
        <TextField
          label="Name"
          hideLabel
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => save(false)}
          onKeyDown={(event) => event.key === 'Escape' && end(true)}
          maxLength={100}
          autoFocus
          data-testid="contact-name-field"
        />
      </form>
    );
  }
  return (
    <div className={styles.names}>
      <div className={styles.nameLine}>
        <h2 className={styles.name} data-testid="contact-name">
          {personName(contact)}
        </h2>
        <IconButton
          icon={Pencil}
          label="Rename"
          size="small"
          autoFocus={renamed}
          onClick={() => setDraft(contact.name)}
          data-testid="contact-rename"
        />
      </div>
      <p className={styles.short}>{shortAddress(contact.address)}</p>
    </div>
  );
};
