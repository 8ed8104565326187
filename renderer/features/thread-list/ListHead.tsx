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

/** Whose mail is shown, where the title does not say so. */
const useWhose = (): string | undefined => {
  const { isUnified, search } = useSelection();
  const identity = useCurrentIdentity();
  if (isUnified) return search === undefined ? undefined : 'All identities';
  return identity && (identity.label || localPartOf(identity.address));
};

/** The top of the list: which folder of whom, or what to do with the marked rows; and the search. */
export const ListHead = ({ found }: { readonly found: SearchCount | undefined }) => {
  const { search, marked } = useSelection();
  const title = useListTitle();
  const whose = useWhose();
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
