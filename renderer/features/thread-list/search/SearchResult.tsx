import { ArrowDownWideNarrow, Bookmark, BookmarkCheck } from 'lucide-react';
import { deleteSearch } from '../../../actions/search/saved-searches';
import { useSavedSearches } from '../../../queries/use-saved-searches';
import type { SearchCount } from '../../../../shared/search/saved-search';
import { nameSearch, useSearches } from '../../../state/searches';
import { useSelection } from '../../../state/selection';
import { useServices } from '../../../state/services';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/menus/Menu';
import { foundWords } from '../../../words/search/found-words';
import styles from './Search.module.css';

/** How many messages a search has found, in which order they stand, and the way to keep it. */
export const SearchResult = ({ count }: { readonly count: SearchCount | undefined }) => (
  <div className={styles.result} data-testid="search-result">
    <span className={styles.number} role="status" data-testid="search-count">
      {count && foundWords(count)}
    </span>
    <Order />
    <Keep />
  </div>
);

const orders = [
  { order: 'newest', label: 'Newest first' },
  { order: 'best', label: 'Best match first' },
] as const;

const Order = () => {
  const current = useSearches(({ order }) => order);
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={ArrowDownWideNarrow} label="Order" size="small" data-testid="search-order" />}
      entries={orders.map(({ order, label }) => ({
        kind: 'item',
        label,
        checked: order === current,
        testId: `search-order-${order}`,
        run: () => useSearches.setState({ order }),
      }))}
    />
  );
};

const Keep = () => {
  const services = useServices();
  const { identityId, isUnified, search = '' } = useSelection();
  const text = search.trim();
  const kept = useSavedSearches(identityId).find((one) => one.text === text);
  // A saved search is one identity's.
  if (!identityId || isUnified) return null;
  return kept ? (
    <Menu
      align="end"
      trigger={<IconButton icon={BookmarkCheck} label="Saved search" size="small" data-testid="search-kept" />}
      entries={[
        { kind: 'item', label: 'Rename…', testId: 'search-rename', run: () => nameSearch(kept) },
        {
          kind: 'item',
          label: 'Delete…',
          tone: 'danger',
          testId: 'search-delete',
          run: () => deleteSearch(services, kept),
        },
      ]}
    />
  ) : (
    <IconButton
      icon={Bookmark}
      label="Save this search"
      size="small"
      data-testid="search-save"
      onClick={() => nameSearch({ identityId, text })}
    />
  );
};
