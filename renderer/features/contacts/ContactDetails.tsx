import { Copy, Pencil, SquarePen } from 'lucide-react';
import { useState } from 'react';
import type { Contact } from '../../../shared/contact';
import { renameContact } from '../../actions/change-contact';
import { copyText } from '../../actions/copy-text';
import { AddressQr } from '../../parts/AddressQr';
import { FullAddress } from '../../parts/FullAddress';
import { openComposer } from '../../state/compose';
import { useServices } from '../../state/services';
import { Avatar } from '../../ui/Avatar';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { TextField } from '../../ui/TextField';
import { localPartOf, shortAddress } from '../../words/address-text';
import { ContactKey } from './ContactKey';
import { ContactRemoval } from './ContactRemoval';
import styles from './ContactsPage.module.css';

/** Everything about one contact and what can be done with them. */
export const ContactDetails = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  return (
    <article className={styles.contact} aria-label={contact.name || localPartOf(contact.address)} data-testid="contact-details">
      <header className={styles.head}>
        <Avatar name={contact.name || contact.address} seed={contact.address} size="large" />
        <ContactName contact={contact} />
        <Button
          tone="primary"
          icon={SquarePen}
          disabled={contact.blocked}
          onClick={() => openComposer({ identityId: contact.identityId, to: [contact.address] })}
          data-testid="contact-write"
        >
          Write
        </Button>
      </header>
      {contact.blocked && <Banner tone="warning">Blocked. What they send is thrown away unseen, and they are not told.</Banner>}
      <section className={styles.card} aria-label="Address">
        <div className={styles.address}>
          <div className={styles.addressText}>
            <h3 className={styles.caption}>Address</h3>
            <FullAddress address={contact.address} />
          </div>
          <AddressQr address={contact.address} size={112} />
        </div>
        <div>
          <Button icon={Copy} onClick={() => void copyText(services, { text: contact.address, said: 'Address copied' })} data-testid="contact-copy">
            Copy address
          </Button>
        </div>
      </section>
      <ContactKey contact={contact} />
      <ContactRemoval contact={contact} />
    </article>
  );
};

const ContactName = ({ contact }: { readonly contact: Contact }) => {
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
          {contact.name || localPartOf(contact.address)}
        </h2>
        <IconButton icon={Pencil} label="Rename" size="small" autoFocus={renamed} onClick={() => setDraft(contact.name)} data-testid="contact-rename" />
      </div>
      <p className={styles.rowAddress}>{shortAddress(contact.address)}</p>
    </div>
  );
};
