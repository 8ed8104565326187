import { Dexie } from 'dexie';
import { useCallback, useMemo } from 'react';
import { inOrder, passes, placeBy } from '../../shared/lists/list-view';
import type { SortedPlace } from '../../shared/lists/list-view';
import { Folder } from '../../shared/message';
import type { MessageSummary } from '../../shared/message';
import { defaultView, isDefault, standsSingly, useListViews, viewIn } from '../state/lists/list-views';
import type { ListView } from '../state/lists/list-views';
import { joinPages } from '../state/shown-list';
import type { ShownList } from '../state/shown-list';
import { pageKey, unreadPage, usePages } from '../state/pages';
import type { PageState } from '../state/pages';
import { isOfOpen, useSelection } from '../state/selection';
import type { OpenConversation } from '../state/selection';
import { useServices } from '../state/services';
import { singleRows, threadRows } from '../state/lists/thread-rows';
import type { ThreadRow } from '../state/lists/thread-rows';
import type { Mirror } from '../mirror/mirror-database';
import { useLiveQuery } from './use-live-query';

/** How a list is looked at. */
export const useListView = (shown: ShownList | undefined): ListView =>
  useListViews((views) => (shown ? viewIn(views, shown.owner, shown.folder) : defaultView));

/** What is known of how far a list, as one looks at it, has been read. */
export const usePage = (shown: ShownList | undefined): PageState => {
  const view = useListView(shown);
  const byFolder = usePages((pages) => pages.byFolder);
  return useMemo(() => {
    const { identityIds = [], folder = 'inbox' } = shown ?? {};
    return joinPages(
      identityIds.map((identityId) => byFolder[pageKey(identityId, folder, view)] ?? unreadPage),
      view.sort,
    );
  }, [shown, view, byFolder]);
};

type Listed = { readonly view: ListView; readonly until: SortedPlace | undefined };

/** What is open stays in its list when it is read and passes the filter no more: it would go from under the eyes. */
const isOpen = (view: ListView, message: MessageSummary, open: OpenConversation | undefined): boolean =>
  standsSingly(view) ? message.id === open?.messageId : isOfOpen(message, open);

/** The messages that a list shows as far as it has been read. What is known of others has holes. */
const listed = (
  messages: readonly MessageSummary[],
  { view, until }: Listed,
  open: OpenConversation | undefined,
): MessageSummary[] => {
  const compare = inOrder(view.sort);
  return messages
    .filter((message) => passes(view.filters, message) || isOpen(view, message, open))
    .map((message) => ({ message, place: placeBy(view.sort.by, message) }))
    .filter(({ place }) => until === undefined || compare(place, until) <= 0)
    .sort((one, other) => compare(one.place, other.place))
    .map(({ message }) => message);
};

/** The rows of a list as far as it has been read, in the chosen order; undefined until the first pages are there. */
export const useFolderRows = (shown: ShownList | undefined): ThreadRow[] | undefined => {
  const { mirror } = useServices();
  const { oldest, more, loaded } = usePage(shown);
  const view = useListView(shown);
  const filtered = view.filters.length > 0;
  const open = useSelection((selection) => (filtered ? selection.open : undefined));
  // Below the last row read there may be holes: single messages that a conversation or another order brought along.
  const until = more ? oldest : undefined;
  const least = isDefault(view) ? until : undefined;
  const found = useLiveQuery(
    useCallback(
      async () => (shown && loaded ? { shown, messages: await messagesOf(mirror, shown, least) } : undefined),
      [mirror, shown, least, loaded],
    ),
  );
  return useMemo(() => {
    if (!loaded || !found || found.shown !== shown) return undefined;
    if (isDefault(view) && shown.owner !== 'all') return threadRows(found.messages);
    const messages = listed(found.messages, { view, until }, open);
    return standsSingly(view) ? singleRows(messages) : threadRows(messages, view.sort.direction);
  }, [found, shown, view, until, open, loaded]);
};

/** What the mirror has of a list, newest first in each mailbox, from `least` on. */
const messagesOf = async (
  mirror: Mirror,
  { identityIds, folder }: ShownList,
  least: SortedPlace | undefined,
): Promise<MessageSummary[]> => {
  const mailbox = Folder.safeParse(folder).success ? 'folder' : 'mailboxId';
  const parts = await Promise.all(
    identityIds.map((identityId) =>
      mirror.messages
        .where(`[identityId+${mailbox}+orderedAt+sequence]`)
        .between(
          [identityId, folder, least?.orderedAt ?? Dexie.minKey, least?.sequence ?? Dexie.minKey],
          [identityId, folder, Dexie.maxKey, Dexie.maxKey],
          true,
          true,
        )
        .reverse()
        .toArray(),
    ),
  );
  return parts.flat();
};
