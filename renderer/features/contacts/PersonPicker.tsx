import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import { useContacts } from '../../queries/use-contacts';
import { Avatar } from '../../ui/Avatar';
import { TextField } from '../../ui/fields/TextField';
import { personName, shortAddress } from '../../words/address-text';
import styles from './ContactDialogs.module.css';
import { filterContacts } from './list/contact-filter';

/** More than this nobody reads through; they type another letter. */
const MOST_SHOWN = 40;

export type PersonPickerProps = {
  readonly identityId: IdentityId;
  readonly besides: Contact;
  readonly onPick: (contact: Contact) => void;
};

/** A searchable list of the people whom the user has verified. */
export const PersonPicker = ({ identityId, besides, onPick }: PersonPickerProps) => {
  const contacts = useContacts(identityId);
  const [search, setSearch] = useState('');
  const known = useMemo(
    () =>
      (contacts ?? []).filter(
        ({ id, blocked, standing }) => id !== besides.id && !blocked && standing.kind === 'verified',
      ),
    [contacts, besides.id],
  );
  const found = filterContacts(known, { filter: 'all', search });
  if (known.length === 0)
    return <p className={styles.soft}>There is nobody else whom you have verified. Scan somebody’s code first.</p>;
  return (
    <div className={styles.picker}>
      <TextField
        label="Search"
        hideLabel
        placeholder="Search verified people"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={intoList}
        autoFocus
        data-testid="introduce-search"
      />
      <ul className={styles.people}>
        {found.slice(0, MOST_SHOWN).map((contact) => (
          <li key={contact.id}>
            <button
              type="button"
              className={styles.person}
              onClick={() => onPick(contact)}
              onKeyDown={alongList}
              data-address={contact.address}
              data-testid="introduce-person"
            >
              <Avatar name={contact.name || contact.address} seed={contact.address} size="small" />
              <span className={styles.personName}>{personName(contact)}</span>
              <span className={styles.personAddress}>{shortAddress(contact.address)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.soft}>Nobody matches “{search.trim()}”.</p>}
      {found.length > MOST_SHOWN && (
        <p className={styles.faint}>And {found.length - MOST_SHOWN} more: type part of the name.</p>
      )}
    </div>
  );
};

const buttonsAround = (event: KeyboardEvent): HTMLElement[] => [
  ...(event.currentTarget.closest(`.${styles.picker ?? ''}`)?.querySelectorAll('button') ?? []),
];

/** From the search down to the first person. */
const intoList = (event: KeyboardEvent): void => {
  if (event.key !== 'ArrowDown') return;
  event.preventDefault();
  buttonsAround(event)[0]?.focus();
};

/** Arrow keys go from person to person. */
const alongList = (event: KeyboardEvent): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const people = buttonsAround(event);
  people[people.findIndex((one) => one === document.activeElement) + step]?.focus();
};
