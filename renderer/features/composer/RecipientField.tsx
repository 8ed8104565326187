import { useId, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import type { Contact } from '../../../shared/contact';
import type { RecipientEntry } from './compose-state';
import { matchingContacts } from './matching-contacts';
import styles from './RecipientField.module.css';
import { RecipientProblems } from './RecipientProblems';
import { RecipientToken } from './RecipientToken';
import { endsRecipient, splitRecipients } from './recipient-text';
import { SuggestionList } from './SuggestionList';
import type { AddressChecks } from './use-address-checks';

export type RecipientFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly entry: RecipientEntry;
  readonly onChange: (entry: RecipientEntry) => void;
  /** Whom to suggest. */
  readonly contacts: readonly Contact[];
  /** Whom to call by their name. */
  readonly names: readonly Contact[];
  readonly checks: AddressChecks;
  readonly autoFocus: boolean;
  readonly aside?: ReactNode;
};

/** A field of addresses as tokens, with completion from the contacts (a combobox as WAI-ARIA describes it). */
export const RecipientField = (props: RecipientFieldProps) => {
  const { label, name, entry, onChange, contacts, names, checks, autoFocus, aside } = props;
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState(0);
  const suggestions = open ? matchingContacts(contacts, entry.typing) : [];
  const chosen = suggestions[Math.min(choice, suggestions.length - 1)];
  const add = (text: string) => onChange({ tokens: [...new Set([...entry.tokens, ...splitRecipients(text)])], typing: '' });
  const remove = (token: string) => {
    onChange({ ...entry, tokens: entry.tokens.filter((other) => other !== token) });
    input.current?.focus();
  };
  const type = (typing: string) => {
    setOpen(true);
    setChoice(0);
    if (endsRecipient(typing)) add(typing);
    else onChange({ ...entry, typing });
  };
  const commit = () => {
    setOpen(false);
    if (entry.typing.trim() !== '') add(entry.typing);
  };
  const move = (step: number) => setChoice((choice + step + suggestions.length) % suggestions.length);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey) return;
    const handled = keyActions({ event, entry, hasSuggestions: chosen !== undefined });
    if (handled === undefined) return;
    event.preventDefault();
    if (handled === 'down') move(1);
    if (handled === 'up') move(-1);
    if (handled === 'accept') chosen === undefined ? commit() : add(chosen.address);
    if (handled === 'dismiss') setOpen(false);
    if (handled === 'remove-last') onChange({ ...entry, tokens: entry.tokens.slice(0, -1) });
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!pasted.includes('@')) return;
    event.preventDefault();
    add(`${entry.typing}${pasted}`);
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={`${listId}-input`}>
        {label}
      </label>
      <div className={styles.tokens}>
        {entry.tokens.map((token) => (
          <RecipientToken key={token} address={token} check={checks.get(token)} contact={names.find((contact) => contact.address === token)} onRemove={() => remove(token)} />
        ))}
        <input
          ref={input}
          id={`${listId}-input`}
          className={styles.input}
          value={entry.typing}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={commit}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
          placeholder={entry.tokens.length === 0 ? 'Name or address' : ''}
          role="combobox"
          aria-expanded={chosen !== undefined}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`}
          aria-describedby={`${listId}-problems`}
          data-testid={`compose-${name}`}
        />
        {aside}
      </div>
      <SuggestionList id={listId} suggestions={suggestions} chosen={chosen} onChoose={(contact) => add(contact.address)} />
      <RecipientProblems id={`${listId}-problems`} tokens={entry.tokens} checks={checks} onRemove={remove} />
    </div>
  );
};

type FieldKey = 'down' | 'up' | 'accept' | 'dismiss' | 'remove-last';
type KeySituation = { readonly event: KeyboardEvent; readonly entry: RecipientEntry; readonly hasSuggestions: boolean };

/** What a key means here; nothing when it is an ordinary one. */
const keyActions = ({ event, entry, hasSuggestions }: KeySituation): FieldKey | undefined => {
  const typed = entry.typing.trim() !== '';
  const meanings: Readonly<Partial<Record<string, FieldKey | false>>> = {
    ArrowDown: hasSuggestions && 'down',
    ArrowUp: hasSuggestions && 'up',
    Escape: hasSuggestions && 'dismiss',
    Enter: 'accept',
    Tab: hasSuggestions && !event.shiftKey && 'accept',
    ' ': typed && entry.typing.includes('@') && !entry.typing.includes('<') && 'accept',
    Backspace: entry.typing === '' && entry.tokens.length > 0 && 'remove-last',
  };
  return meanings[event.key] || undefined;
};
