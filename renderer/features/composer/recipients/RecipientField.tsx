import { useId, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { isSameMailbox } from '../../../../shared/address/mailbox-of';
import type { Contact } from '../../../../shared/contact';
import { namesIn } from '../../../queries/use-contacts';
import { Avatar } from '../../../ui/Avatar';
import { SuggestionList, suggestionId, SuggestionName, SuggestionNote } from '../../../ui/fields/SuggestionList';
import { personName, shortAddress } from '../../../words/address-text';
import styles from './RecipientField.module.css';
import { RecipientProblems } from './RecipientProblems';
import { RecipientToken } from './RecipientToken';
import type { AddressChecks } from './use-address-checks';
import { useRecipientEntry } from './use-recipient-entry';
import type { RecipientEntryParts } from './use-recipient-entry';

export type RecipientFieldProps = RecipientEntryParts & {
  readonly label: string;
  readonly name: string;
  /** Whom to call by their name. */
  readonly names: readonly Contact[];
  readonly checks: AddressChecks;
  readonly autoFocus: boolean;
  readonly aside?: ReactNode;
};

/** A field of addresses as tokens, with completion from the contacts (a combobox as WAI-ARIA describes it). */
export const RecipientField = ({ label, name, names, checks, autoFocus, aside, ...parts }: RecipientFieldProps) => {
  const { entry } = parts;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const editor = useRecipientEntry(parts);
  const nameOf = useMemo(() => namesIn(names), [names]);
  const remove = (token: string) => {
    editor.remove(token);
    input.current?.focus();
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={`${id}-input`}>
        {label}
      </label>
      <div className={styles.tokens}>
        {entry.tokens.map((token) => (
          <RecipientToken
            key={token}
            address={token}
            check={checks.get(token)}
            contact={names.find((contact) => isSameMailbox(contact.address, token))}
            nameOf={nameOf}
            onRemove={() => remove(token)}
          />
        ))}
        <input
          ref={input}
          id={`${id}-input`}
          className={styles.input}
          dir="auto"
          value={entry.typing}
          onChange={(event) => editor.type(event.target.value)}
          onKeyDown={editor.onKeyDown}
          onPaste={editor.onPaste}
          onBlur={editor.commit}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
          placeholder={entry.tokens.length === 0 ? 'Name or address' : ''}
          {...comboboxOf(id, editor.chosen)}
          data-testid={`compose-${name}`}
        />
      </div>
      {aside}
      <SuggestionList
        id={id}
        label="Contacts"
        suggestions={editor.suggestions}
        chosen={editor.chosen}
        onTake={(contact) => editor.add(contact.address)}
        className={styles.suggestions}
        testId="recipient-suggestion"
      >
        {suggested}
      </SuggestionList>
      <RecipientProblems id={`${id}-problems`} tokens={entry.tokens} checks={checks} onRemove={remove} />
    </div>
  );
};

const suggested = (contact: Contact) => (
  <>
    <Avatar name={contact.name || contact.address} seed={contact.address} size="small" />
    <SuggestionName>{personName(contact)}</SuggestionName>
    <SuggestionNote>{shortAddress(contact.address)}</SuggestionNote>
  </>
);

const comboboxOf = (id: string, chosen: Contact | undefined) => ({
  role: 'combobox',
  'aria-expanded': chosen !== undefined,
  'aria-controls': id,
  'aria-autocomplete': 'list' as const,
  'aria-activedescendant': chosen && suggestionId(id, chosen),
  'aria-describedby': `${id}-problems`,
});
