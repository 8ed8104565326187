import { Waypoints } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { NameOf } from '../../../queries/use-contacts';
import { showView } from '../../../state/selection';
import { Button } from '../../../ui/Button';
import { SearchField } from '../../../ui/fields/SearchField';
import { contactFilters, filterContacts } from './contact-filter';
import type { ContactFilter } from './contact-filter';
import styles from './ContactList.module.css';
import { ContactRows } from './ContactRows';

export type ContactListProps = {
  readonly contacts: readonly Contact[];
  readonly chosen: Contact | undefined;
  readonly nameOf: NameOf;
  readonly onChoose: (contact: Contact) => void;
  readonly actions: ReactNode;
};

/** Everybody in the address book, with a search over names and addresses and a filter by what their keys are worth. */
export const ContactList = ({ contacts, chosen, nameOf, onChoose, actions }: ContactListProps) => {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<ContactFilter>('all');
  const found = useMemo(() => filterContacts(contacts, { filter, search }), [contacts, filter, search]);
  return (
    <section className={styles.list} aria-label="Address book">
      <header className={styles.head}>
        <h1 className={styles.title}>Contacts</h1>
        {actions}
      </header>
      <SearchField
        className={styles.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder="Search contacts"
        aria-label="Search contacts"
        data-testid="contacts-search"
      />
      <Filters filter={filter} onChange={setFilter} />
      {found.length === 0 ? (
        <p className={styles.nobody}>{search.trim() === '' ? nobody[filter] : `Nobody matches “${search.trim()}”.`}</p>
      ) : (
        <ContactRows contacts={found} chosen={chosen} nameOf={nameOf} onChoose={onChoose} />
      )}
      <footer className={styles.foot}>
        <span className={styles.count} role="status">
          {found.length === 1 ? '1 person' : `${found.length.toLocaleString()} people`}
        </span>
        <Button tone="quiet" icon={Waypoints} onClick={() => showView('trust')} data-testid="open-trust">
          Web of trust
        </Button>
      </footer>
    </section>
  );
};

const nobody: Readonly<Record<ContactFilter, string>> = {
  all: 'Nobody is here yet.',
  verified: 'You have not verified anybody yet. Scan somebody’s code when you meet.',
  introduced: 'Nobody has been introduced to you yet. Verify somebody and name them an introducer.',
  unverified: 'Everybody here is verified or introduced.',
};

const Filters = ({
  filter,
  onChange,
}: {
  readonly filter: ContactFilter;
  readonly onChange: (filter: ContactFilter) => void;
}) => (
  <div className={styles.filters} role="group" aria-label="Show">
    {contactFilters.map(({ value, label }) => (
      <button
        key={value}
        type="button"
        aria-pressed={filter === value}
        onClick={() => onChange(value)}
        data-testid={`contacts-filter-${value}`}
      >
        {label}
      </button>
    ))}
  </div>
);
