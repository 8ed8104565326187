import { useCurrentIdentity } from '../../queries/use-identities';
import { useSelection } from '../../state/selection';
import { localPartOf } from '../../words/address-text';
import { ListOrder } from './order/ListOrder';
import { ShownPart } from './order/ShownPart';
import { MarkedActions } from './MarkedActions';
import type { SearchCount } from '../../../shared/search/saved-search';
import { useListTitle } from './use-list-title';
import { SearchBox } from './search/SearchBox';
import { SearchResult } from './search/SearchResult';
import styles from './ThreadList.module.css';

/** The top of the list: which folder of whom, or what to do with the marked rows; and the search. */
export const ListHead = ({ found }: { readonly found: SearchCount | undefined }) => {
  const { isUnified, search, marked } = useSelection();
  const title = useListTitle();
  const identity = useCurrentIdentity();
  // A search looks through the mail of one identity.
  const isOfOne = !isUnified || search !== undefined;
  const whose = isOfOne && identity ? identity.label || localPartOf(identity.address) : undefined;
  return (
    <header className={styles.head}>
      {marked.size > 0 ? (
        <MarkedActions />
      ) : (
        <div className={styles.titleRow}>
          <h1 className={styles.title} data-testid="list-title">
            {search === undefined ? title : 'Search'}
            {whose !== undefined && <span className={styles.of}>{whose}</span>}
          </h1>
          {search === undefined && <ListOrder />}
        </div>
      )}
      <SearchBox />
      {search === undefined && <ShownPart />}
      {search !== undefined && <SearchResult count={found} />}
    </header>
  );
};
