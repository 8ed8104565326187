import { Bookmark } from 'lucide-react';
import { deleteSearch, openSearch } from '../../actions/search/saved-searches';
import { useSavedSearches } from '../../queries/use-saved-searches';
import { nameSearch, useSearches } from '../../state/searches';
import { useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { ContextMenu } from '../../ui/menus/ContextMenu';
import styles from './Rail.module.css';
import { RailItem } from './RailItem';
import { SearchNameDialog } from './SearchNameDialog';

/** Searches that are kept, below the mailboxes: each shows what it finds now. */
export const SavedSearches = () => {
  const services = useServices();
  const { identityId, isUnified, search, view } = useSelection();
  const saved = useSavedSearches(identityId);
  const naming = useSearches((searches) => searches.naming);
  return (
    <>
      {saved.length > 0 && (
        <section aria-label="Saved searches" data-testid="saved-searches">
          <h2 className={styles.heading}>Searches</h2>
          <ul>
            {saved.map((one) => (
              <ContextMenu
                key={one.id}
                entries={[
                  { kind: 'item', label: 'Rename…', run: () => nameSearch(one) },
                  { kind: 'item', label: 'Delete…', tone: 'danger', run: () => deleteSearch(services, one) },
                ]}
              >
                <li>
                  <RailItem
                    icon={Bookmark}
                    name={one.name}
                    current={view === 'mail' && !isUnified && search?.trim() === one.text}
                    testId="saved-search"
                    onPress={() => openSearch(one)}
                  />
                </li>
              </ContextMenu>
            ))}
          </ul>
        </section>
      )}
      {naming && <SearchNameDialog of={naming} />}
    </>
  );
};
