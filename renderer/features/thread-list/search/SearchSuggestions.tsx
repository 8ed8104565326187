import { isolated } from '../../../../shared/text/text-direction';
import styles from './Search.module.css';
import type { SearchSuggestion } from './search-suggestions';

export type SearchSuggestionsProps = {
  readonly id: string;
  readonly suggestions: readonly SearchSuggestion[];
  readonly chosen: SearchSuggestion | undefined;
  readonly onTake: (suggestion: SearchSuggestion) => void;
};

/** What can stand where the person types. The focus stays in the field; the pointer must not take it away. */
export const SearchSuggestions = ({ id, suggestions, chosen, onTake }: SearchSuggestionsProps) => (
  <div id={id} role="listbox" aria-label="Suggestions" className={styles.list} hidden={suggestions.length === 0}>
    {suggestions.map((suggestion) => (
      <div
        key={suggestion.id}
        id={`${id}-${suggestion.id}`}
        role="option"
        tabIndex={-1}
        aria-selected={suggestion === chosen}
        className={styles.suggestion}
        onPointerDown={(event) => {
          event.preventDefault();
          onTake(suggestion);
        }}
        data-testid="search-suggestion"
      >
        <span className={styles.shown}>{isolated(suggestion.shown)}</span>
        <span className={styles.note}>{suggestion.note}</span>
      </div>
    ))}
  </div>
);
