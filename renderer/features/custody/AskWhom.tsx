import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/contact';
import type { MailHolder } from '../../../shared/custody';
import { showView } from '../../state/selection';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/fields/TextField';
import { personName } from '../../words/address-text';
import { askablePeople, foundAskable } from './askable';
import type { Askable } from './askable';
import styles from './custody.module.css';

/** More than this nobody reads through; they type another letter. */
const MOST_SHOWN = 60;

export type AskWhomProps = {
  readonly contacts: readonly Contact[];
  readonly holders: readonly MailHolder[];
  readonly onPick: (contact: Contact) => void;
};

/** A searchable list of the address book; whoever cannot be asked says why. */
export const AskWhom = ({ contacts, holders, onPick }: AskWhomProps) => {
  const [search, setSearch] = useState('');
  const people = useMemo(() => askablePeople(contacts, holders), [contacts, holders]);
  const found = foundAskable(people, search);
  const nobody = people.every(({ reason }) => reason !== undefined);
  return (
    <div className={styles.picker} data-picker>
      {nobody && (
        <div className={styles.stack}>
          <p className={styles.soft}>
            There is nobody whom you can ask now. It must be somebody whom you have verified, or who was introduced to
            you: scan their code when you meet.
          </p>
          <div>
            <Button onClick={() => showView('contacts')}>Go to contacts</Button>
          </div>
        </div>
      )}
      {people.length > 0 && (
        <TextField
          label="Search"
          hideLabel
          placeholder="Search contacts"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={intoList}
          autoFocus
          data-testid="ask-search"
        />
      )}
      <ul className={styles.choices} aria-label="Contacts">
        {found.slice(0, MOST_SHOWN).map((one) => (
          <li key={one.contact.id}>
            <Choice one={one} onPick={onPick} />
          </li>
        ))}
      </ul>
      {people.length > 0 && found.length === 0 && <p className={styles.soft}>Nobody matches “{search.trim()}”.</p>}
      {found.length > MOST_SHOWN && (
        <p className={styles.faint}>And {found.length - MOST_SHOWN} more: type part of the name.</p>
      )}
    </div>
  );
};

const Choice = ({
  one: { contact, reason },
  onPick,
}: {
  readonly one: Askable;
  readonly onPick: (contact: Contact) => void;
}) => (
  <button
    type="button"
    className={styles.choice}
    aria-disabled={reason !== undefined || undefined}
    onClick={() => reason === undefined && onPick(contact)}
    onKeyDown={alongList}
    data-address={contact.address}
    data-testid="ask-person"
  >
    <Avatar name={contact.name || contact.address} seed={contact.address} size="small" />
    <span className={styles.choiceName}>{personName(contact)}</span>
    {reason !== undefined && <span className={styles.reason}>{reason}</span>}
  </button>
);

const buttonsAround = (event: KeyboardEvent): HTMLElement[] => [
  ...(event.currentTarget.closest('[data-picker]')?.querySelectorAll<HTMLElement>('li button') ?? []),
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
