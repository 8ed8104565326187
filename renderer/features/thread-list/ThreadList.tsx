import { useCallback, useEffect } from 'react';
import { loadFolder, loadWhole } from '../../actions/messages/load-folder';
import { useFolderRows, useListView, usePage } from '../../queries/use-folder-rows';
import { useSearchRows } from '../../queries/use-search-rows';
import { useMailboxesOf } from '../../state/mailboxes';
import { markWhole, useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import type { ThreadRow } from '../../state/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import type { MailboxRef } from '../../../shared/mailbox';
import { mailboxTitle } from '../../words/folder-words';
import { BulkProgress } from './BulkProgress';
import { EmptyFolder, NothingFound, UnreadFolder } from './EmptyFolder';
import { IncomingTransfers } from './IncomingTransfers';
import { ListHead } from './ListHead';
import { AllHidden } from './order/AllHidden';
import { RowGrid } from './RowGrid';
import { Skeleton } from './Skeleton';
import styles from './ThreadList.module.css';

const useList = () => {
  const { identityId, folder, search } = useSelection();
  const folderRows = useFolderRows(identityId, folder);
  const found = useSearchRows(identityId, search);
  const searching = search !== undefined && search.trim() !== '';
  const title = mailboxTitle(useMailboxesOf(identityId), folder);
  return {
    folder,
    title,
    searching,
    failed: found.failed,
    count: found.count,
    more: found.more,
    rows: searching ? found.rows : folderRows,
  };
};

const useLoading = () => {
  const services = useServices();
  const { identityId, folder, search, wholeAt } = useSelection();
  const loadMore = useCallback(() => {
    if (identityId) void loadFolder(services, { identityId, folder });
  }, [services, identityId, folder]);
  const { loaded, loading, failed, more } = usePage(identityId, folder);
  useEffect(() => {
    if (!loaded && !loading && !failed) loadMore();
  }, [loadMore, loaded, loading, failed]);
  const isRest = wholeAt !== undefined && search === undefined && more && !loading && !failed;
  useEffect(() => {
    if (isRest && identityId) void loadWhole(services, { identityId, folder });
  }, [services, identityId, folder, isRest]);
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

const Body = ({ folder, title, searching, failed, rows, more, unreadable, onMore }: BodyProps) => {
  if (rows === undefined) return unreadable && !searching ? <UnreadFolder onRetry={onMore} /> : <Skeleton />;
  if (rows.length === 0) return searching ? <NothingFound failed={failed} /> : <EmptyList folder={folder} />;
  return <RowGrid label={searching ? 'Search results' : title} rows={rows} onNearEnd={searching ? more : onMore} />;
};

const EmptyList = ({ folder }: { readonly folder: MailboxRef }) => {
  const view = useListView(
    useSelection(({ identityId }) => identityId),
    folder,
  );
  return view.filters.length > 0 ? <AllHidden filters={view.filters} /> : <EmptyFolder folder={folder} />;
};

/** The conversations of a folder or of a search. */
export const ThreadList = () => {
  const list = useList();
  const { loadMore, failed } = useLoading();
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
