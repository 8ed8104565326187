import { Dexie } from 'dexie';
import { useCallback, useMemo } from 'react';
import { inOrder, passes, placeBy } from '../../shared/lists/list-view';
import type { SortedPlace } from '../../shared/lists/list-view';
import type { IdentityId } from '../../shared/ids';
import type { MailboxRef } from '../../shared/mailbox';
import { Folder } from '../../shared/message';
import type { MessageSummary } from '../../shared/message';
import { isDefault, standsSingly, useListViews, viewIn } from '../state/lists/list-views';
import type { ListView } from '../state/lists/list-views';
import { pageKey, unreadPage, usePages } from '../state/pages';
import type { PageState } from '../state/pages';
import { useSelection } from '../state/selection';
import type { OpenConversation } from '../state/selection';
import { useServices } from '../state/services';
import { singleRows, threadRows } from '../state/thread-rows';
import type { ThreadRow } from '../state/thread-rows';
import { useLiveQuery } from './use-live-query';

/** How a mailbox is looked at. */
export const useListView = (identityId: IdentityId | undefined, folder: MailboxRef): ListView =>
  useListViews((views) => viewIn(views, identityId, folder));

/** What is known of how far a folder, as one looks at it, has been read. */
export const usePage = (identityId: IdentityId | undefined, folder: MailboxRef): PageState => {
  const view = useListView(identityId, folder);
  return usePages(
    ({ byFolder }) => (identityId ? byFolder[pageKey(identityId, folder, view)] : undefined) ?? unreadPage,
  );
};

type Listed = { readonly view: ListView; readonly until: SortedPlace | undefined };

/** What is open stays in its list when it is read and passes the filter no more: it would go from under the eyes. */
const isOpen = (view: ListView, message: MessageSummary, open: OpenConversation | undefined): boolean =>
  standsSingly(view) ? message.id === open?.messageId : message.threadId === open?.threadId;

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

/** The rows of a folder as far as it has been read, in the chosen order; undefined until the first page is there. */
export const useFolderRows = (identityId: IdentityId | undefined, folder: MailboxRef): ThreadRow[] | undefined => {
  const { mirror } = useServices();
  const { oldest, more, loaded } = usePage(identityId, folder);
  const view = useListView(identityId, folder);
  const filtered = view.filters.length > 0;
  const open = useSelection((selection) => (filtered ? selection.open : undefined));
  // Below the last row read there may be holes: single messages that a conversation or another order brought along.
  const until = more ? oldest : undefined;
  const least = isDefault(view) ? until : undefined;
  const messages = useLiveQuery(
    useCallback(async () => {
      if (!identityId || !loaded) return undefined;
      const range = mirror.messages
        .where(`[identityId+${Folder.safeParse(folder).success ? 'folder' : 'mailboxId'}+orderedAt+sequence]`)
        .between(
          [identityId, folder, least?.orderedAt ?? Dexie.minKey, least?.sequence ?? Dexie.minKey],
          [identityId, folder, Dexie.maxKey, Dexie.maxKey],
          true,
          true,
        );
      return { identityId, folder, messages: await range.reverse().toArray() };
    }, [mirror, identityId, folder, least, loaded]),
  );
  return useMemo(() => {
    if (!loaded || !messages || messages.identityId !== identityId || messages.folder !== folder) return undefined;
    if (isDefault(view)) return threadRows(messages.messages);
    const shown = listed(messages.messages, { view, until }, open);
    return standsSingly(view) ? singleRows(shown) : threadRows(shown, view.sort.direction);
  }, [messages, identityId, folder, view, until, open, loaded]);
};
