import type { Contact } from '../../../../shared/contact';
import { Avatar } from '../../../ui/Avatar';
import { personName, shortAddress } from '../../../words/address-text';
import styles from './RecipientField.module.css';

export type SuggestionListProps = {
  readonly id: string;
  readonly suggestions: readonly Contact[];
  readonly chosen: Contact | undefined;
  readonly onChoose: (contact: Contact) => void;
};

/** Contacts that match what is typed. The focus stays in the input; the pointer must not take it away. */
export const SuggestionList = ({ id, suggestions, chosen, onChoose }: SuggestionListProps) => (
  <div id={id} role="listbox" aria-label="Contacts" className={styles.suggestions} hidden={suggestions.length === 0}>
    {suggestions.map((contact) => (
      <div
        key={contact.id}
        id={`${id}-${contact.id}`}
        role="option"
        tabIndex={-1}
        aria-selected={contact === chosen}
        className={styles.suggestion}
        onPointerDown={(event) => {
          event.preventDefault();
          onChoose(contact);
        }}
        data-testid="recipient-suggestion"
      >
        <Avatar name={contact.name || contact.address} seed={contact.address} size="small" />
        <span className={styles.suggestionName}>{personName(contact)}</span>
        <span className={styles.suggestionAddress}>{shortAddress(contact.address)}</span>
      </div>
    ))}
  </div>
);
