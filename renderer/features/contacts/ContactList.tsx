import { Ban, Search } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Contact } from '../../../shared/contact';
import type { ContactId } from '../../../shared/ids';
import { keyStateIcon } from '../../parts/key-state-icon';
import { keyStateWords } from '../../parts/words';
import { Avatar } from '../../ui/Avatar';
import { Icon } from '../../ui/Icon';
import { localPartOf, shortAddress } from '../../words/address-text';
import styles from './ContactsPage.module.css';

export type ContactListProps = {
  readonly contacts: readonly Contact[];
  readonly chosen: Contact | undefined;
  readonly onChoose: (id: ContactId) => void;
  readonly add: ReactNode;
};

/** Everybody in the address book, with a search over names and addresses. */
export const ContactList = ({ contacts, chosen, onChoose, add }: ContactListProps) => {
  const [search, setSearch] = useState('');
  const sought = search.trim().toLowerCase();
  const found = contacts.filter((contact) => contact.name.toLowerCase().includes(sought) || contact.address.includes(sought));
  return (
    <section className={styles.list} aria-label="Contacts">
      <header className={styles.listHead}>
        <h1 className={styles.title}>Contacts</h1>
        {add}
      </header>
      <div className={styles.search}>
        <Icon icon={Search} size={14} />
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder="Search contacts"
          aria-label="Search contacts"
          spellCheck={false}
          data-testid="contacts-search"
        />
      </div>
      <ul className={styles.rows}>
        {found.map((contact) => (
          <li key={contact.id}>
            <ContactRow contact={contact} current={contact === chosen} onChoose={() => onChoose(contact.id)} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.nobody}>Nobody matches “{search.trim()}”.</p>}
    </section>
  );
};

/** Arrow keys go from row to row. */
const moveFocus = (event: KeyboardEvent): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])];
  rows[rows.findIndex((row) => row === document.activeElement) + step]?.focus();
};

type ContactRowProps = { readonly contact: Contact; readonly current: boolean; readonly onChoose: () => void };

const ContactRow = ({ contact, current, onChoose }: ContactRowProps) => {
  const { title, tone } = keyStateWords[contact.keyState];
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
      onKeyDown={moveFocus}
      data-blocked={contact.blocked || undefined}
      data-address={contact.address}
      data-testid="contact-row"
    >
      <Avatar name={contact.name || contact.address} seed={contact.address} />
      <span className={styles.rowWords}>
        <span className={styles.rowName}>{contact.name || localPartOf(contact.address)}</span>
        <span className={styles.rowAddress}>{shortAddress(contact.address)}</span>
      </span>
      <span className={styles.rowSign} data-tone={contact.blocked ? 'neutral' : tone} role="img" aria-label={contact.blocked ? 'Blocked' : title}>
        <Icon icon={contact.blocked ? Ban : keyStateIcon[contact.keyState]} size={15} />
      </span>
    </button>
  );
};
