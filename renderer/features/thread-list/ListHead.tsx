import { useCurrentIdentity } from '../../queries/use-identities';
import { useSelection } from '../../state/selection';
import { localPartOf } from '../../words/address-text';
import { folderName } from '../../words/folder-words';
import { MarkedActions } from './MarkedActions';
import type { SearchCount } from '../../../shared/search/saved-search';
import { SearchBox } from './search/SearchBox';
import { SearchResult } from './search/SearchResult';
import styles from './ThreadList.module.css';

/** The top of the list: which folder of whom, or what to do with the marked rows; and the search. */
export const ListHead = ({ found }: { readonly found: SearchCount | undefined }) => {
  const { folder, search, marked } = useSelection();
  const identity = useCurrentIdentity();
  const whose = identity && (identity.label || localPartOf(identity.address));
  return (
    <header className={styles.head}>
      {marked.size > 0 ? (
        <MarkedActions />
      ) : (
        <div className={styles.titleRow}>
          <h1 className={styles.title} data-testid="list-title">
            {search === undefined ? folderName[folder] : 'Search'}
            {whose !== undefined && <span className={styles.of}>{whose}</span>}
          </h1>
        </div>
      )}
      <SearchBox />
      {search !== undefined && <SearchResult count={found} />}
    </header>
  );
};
