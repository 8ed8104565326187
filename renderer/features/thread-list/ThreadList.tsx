import { useCallback, useEffect } from 'react';
import { loadFolder, loadWhole } from '../../actions/messages/load-folder';
import { useFolderRows, useListView, usePage } from '../../queries/use-folder-rows';
import { useSearchRows } from '../../queries/use-search-rows';
import { useShownList } from '../../queries/use-shown-list';
import type { ShownList } from '../../state/shown-list';
import { markWhole, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import type { IdentityId } from '../../../shared/ids';
import { BulkProgress } from './BulkProgress';
import { EmptyFolder, EmptyInboxes, NothingFound, UnreadFolder } from './EmptyFolder';
import { IncomingTransfers } from './IncomingTransfers';
import { ListHead } from './ListHead';
import { AllHidden } from './order/AllHidden';
import { RowGrid } from './RowGrid';
import { useListTitle } from './use-list-title';
import { Skeleton } from './Skeleton';
import styles from './ThreadList.module.css';

const none: readonly IdentityId[] = [];

const useList = () => {
  const search = useSelection((selection) => selection.search);
  const shown = useShownList();
  const identityIds = shown?.identityIds ?? none;
  const folderRows = useFolderRows(shown);
  const found = useSearchRows(identityIds, search);
  const searching = search !== undefined && search.trim() !== '';
  return {
    shown,
    identityIds,
    saysWhose: shown?.owner === 'all',
    title: useListTitle(),
    searching,
    failed: found.failed,
    count: found.count,
    more: found.more,
    rows: searching ? found.rows : folderRows,
  };
};

const useLoading = (shown: ShownList | undefined) => {
  const services = useServices();
  const { search, wholeAt } = useSelection();
  const loadMore = useCallback(() => {
    if (shown) void loadFolder(services, shown);
  }, [services, shown]);
  const { loaded, loading, failed, more } = usePage(shown);
  useEffect(() => {
    if (!loaded && !loading && !failed) loadMore();
  }, [loadMore, loaded, loading, failed]);
  const isRest = wholeAt !== undefined && search === undefined && more && !loading && !failed;
  useEffect(() => {
    if (isRest && shown) void loadWhole(services, shown);
  }, [services, shown, isRest]);
  return { loadMore, failed: failed && !loaded };
};

/** Marks what is read while the whole list is marked. */
const useWholeMarked = (rows: readonly ThreadRow[] | undefined): void => {
  const wholeAt = useSelection((selection) => selection.wholeAt);
  useEffect(() => {
    if (wholeAt === undefined || !rows) return;
    const there = rows.filter(({ messages }) => messages.every(({ storedAt }) => storedAt <= wholeAt));
    markWhole(
      there.map(({ key }) => key),
      wholeAt,
    );
  }, [wholeAt, rows]);
};

type BodyProps = ReturnType<typeof useList> & { readonly unreadable: boolean; readonly onMore: () => void };

const Body = (props: BodyProps) => {
  const { shown, title, searching, failed, rows, more, unreadable, onMore, identityIds, saysWhose } = props;
  if (rows === undefined) return unreadable && !searching ? <UnreadFolder onRetry={onMore} /> : <Skeleton />;
  if (rows.length === 0) return searching ? <NothingFound failed={failed} /> : <EmptyList shown={shown} />;
  return (
    <RowGrid
      label={searching ? 'Search results' : title}
      identityIds={identityIds}
      saysWhose={saysWhose}
      rows={rows}
      onNearEnd={searching ? more : onMore}
    />
  );
};

const EmptyList = ({ shown }: { readonly shown: ShownList | undefined }) => {
  const { filters } = useListView(shown);
  if (filters.length > 0) return <AllHidden filters={filters} />;
  return shown?.owner === 'all' ? <EmptyInboxes /> : <EmptyFolder folder={shown?.folder ?? 'inbox'} />;
};

/** The conversations of a folder or of a search. */
export const ThreadList = () => {
  const list = useList();
  const { loadMore, failed } = useLoading(list.shown);
  const { rows } = list;
  useWholeMarked(rows);
  useEffect(() => useVisibleRows.setState({ rows: rows ?? [] }), [rows]);
  return (
    <section className={styles.pane} tabIndex={-1} aria-label="Messages" data-pane="list" data-testid="list-pane">
      <ListHead found={list.searching ? list.count : undefined} />
      <Body {...list} unreadable={failed} onMore={loadMore} />
      <BulkProgress />
      <IncomingTransfers />
    </section>
  );
};
