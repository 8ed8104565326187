import { Search, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { MAX_SEARCH_CHARACTERS } from '../../../../shared/search/search-limits';
import { useContacts } from '../../../queries/use-contacts';
import { useSelection } from '../../../state/selection';
import { Icon } from '../../../ui/Icon';
import { IconButton } from '../../../ui/IconButton';
import styles from './Search.module.css';
import { SearchSuggestions } from './SearchSuggestions';
import { useSearchEntry } from './use-search-entry';

/** Finds mail of this identity in all folders; suggests what can be asked while it is typed. */
export const SearchBox = () => {
  const { search, identityId } = useSelection();
  const contacts = useContacts(identityId);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const entry = useSearchEntry({ input, text: search ?? '', contacts: contacts ?? [] });
  const { suggestions, chosen } = entry;
  return (
    <div role="search" className={styles.search}>
      <Icon icon={Search} size={14} />
      <input
        ref={input}
        dir="auto"
        id="search"
        type="search"
        role="combobox"
        aria-label="Search mail"
        aria-expanded={suggestions.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        placeholder="Search"
        spellCheck={false}
        autoComplete="off"
        maxLength={MAX_SEARCH_CHARACTERS}
        value={search ?? ''}
        data-testid="search"
        onChange={(event) => entry.type(event.target.value)}
        onKeyDown={entry.keyDown}
        onPointerDown={entry.open}
        onBlur={entry.close}
      />
      {search !== undefined && (
        <IconButton icon={X} label="End search" size="small" shortcut="Esc" onClick={entry.leave} />
      )}
      <SearchSuggestions id={id} suggestions={suggestions} chosen={chosen} onTake={entry.take} />
    </div>
  );
};
