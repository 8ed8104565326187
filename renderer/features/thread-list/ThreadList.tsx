import { useCallback, useEffect } from 'react';
import { loadFolder } from '../../actions/load-folder';
import { useFolderRows } from '../../queries/use-folder-rows';
import { useSearchRows } from '../../queries/use-search-rows';
import { useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { useVisibleRows } from '../../state/visible-rows';
import { folderName } from '../../words/folder-words';
import { EmptyFolder, NothingFound } from './EmptyFolder';
import { IncomingTransfers } from './IncomingTransfers';
import { ListHead } from './ListHead';
import { RowGrid } from './RowGrid';
import { Skeleton } from './Skeleton';
import styles from './ThreadList.module.css';

const nothing = (): void => undefined;

const useList = () => {
  const { identityId, folder, search } = useSelection();
  const folderRows = useFolderRows(identityId, folder);
  const found = useSearchRows(identityId, search);
  const searching = search !== undefined && search.trim() !== '';
  return { folder, searching, failed: found.failed, rows: searching ? found.rows : folderRows };
};

const useLoading = () => {
  const services = useServices();
  const { identityId, folder } = useSelection();
  const loadMore = useCallback(() => {
    if (identityId) void loadFolder(services, { identityId, folder });
  }, [services, identityId, folder]);
  useEffect(loadMore, [loadMore]);
  return loadMore;
};

/** The conversations of a folder or of a search. */
export const ThreadList = () => {
  const { folder, searching, failed, rows } = useList();
  const loadMore = useLoading();
  useEffect(() => useVisibleRows.setState({ rows: rows ?? [] }), [rows]);
  const label = searching ? 'Search results' : folderName[folder];
  return (
    <section className={styles.pane} tabIndex={-1} aria-label="Messages" data-pane="list" data-testid="list-pane">
      <ListHead />
      {rows === undefined && <Skeleton />}
      {rows?.length === 0 && (searching ? <NothingFound failed={failed} /> : <EmptyFolder folder={folder} />)}
      {rows && rows.length > 0 && <RowGrid label={label} rows={rows} onNearEnd={searching ? nothing : loadMore} />}
      <IncomingTransfers />
    </section>
  );
};
