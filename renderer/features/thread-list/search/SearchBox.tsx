import { X } from 'lucide-react';
import { useId, useRef } from 'react';
import type { IdentityId } from '../../../../shared/ids';
import { MAX_SEARCH_CHARACTERS } from '../../../../shared/search/search-limits';
import { isolated } from '../../../../shared/text/text-direction';
import { useContactsOfAll } from '../../../queries/use-contacts';
import { useShownList } from '../../../queries/use-shown-list';
import { useSelection } from '../../../state/selection';
import { SearchField } from '../../../ui/fields/SearchField';
import { SuggestionList, suggestionId, SuggestionName, SuggestionNote } from '../../../ui/fields/SuggestionList';
import { IconButton } from '../../../ui/IconButton';
import styles from './Search.module.css';
import { useSearchEntry } from './use-search-entry';

const nobody: readonly IdentityId[] = [];

/** Finds mail in all folders of whoever's mail is shown; suggests what can be asked while it is typed. */
export const SearchBox = () => {
  const search = useSelection((selection) => selection.search);
  const contacts = useContactsOfAll(useShownList()?.identityIds ?? nobody);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const entry = useSearchEntry({ input, text: search ?? '', contacts });
  const { suggestions, chosen } = entry;
  return (
    <div role="search">
      <SearchField
        quiet
        ref={input}
        id="search"
        role="combobox"
        aria-label="Search mail"
        aria-expanded={suggestions.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen && suggestionId(id, chosen)}
        className={styles.field}
        placeholder="Search"
        maxLength={MAX_SEARCH_CHARACTERS}
        value={search ?? ''}
        data-testid="search"
        onChange={(event) => entry.type(event.target.value)}
        onKeyDown={entry.keyDown}
        onPointerDown={entry.open}
        onBlur={entry.close}
      >
        {search !== undefined && (
          <IconButton icon={X} label="End search" size="small" shortcut="Esc" onClick={entry.leave} />
        )}
        <SuggestionList
          id={id}
          label="Suggestions"
          suggestions={suggestions}
          chosen={chosen}
          onTake={entry.take}
          className={styles.suggestions}
          testId="search-suggestion"
        >
          {({ shown, note }) => (
            <>
              <SuggestionName>{isolated(shown)}</SuggestionName>
              <SuggestionNote>{note}</SuggestionNote>
            </>
          )}
        </SuggestionList>
      </SearchField>
    </div>
  );
};
