import { Dexie } from 'dexie';
import { useCallback, useMemo } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { MailboxRef } from '../../shared/mailbox';
import { Folder } from '../../shared/message';
import { pageKey, unreadPage, usePages } from '../state/pages';
import type { PageState } from '../state/pages';
import { useServices } from '../state/services';
import { threadRows } from '../state/thread-rows';
import type { ThreadRow } from '../state/thread-rows';
import { useLiveQuery } from './use-live-query';

/** What is known of how far a folder has been read. */
export const usePage = (identityId: IdentityId | undefined, folder: MailboxRef): PageState =>
  usePages(({ byFolder }) => (identityId ? byFolder[pageKey(identityId, folder)] : undefined) ?? unreadPage);

/** The rows of a folder as far as it has been read, newest written first; undefined until the first page is there. */
export const useFolderRows = (identityId: IdentityId | undefined, folder: MailboxRef): ThreadRow[] | undefined => {
  const { mirror } = useServices();
  const { oldest, more, loaded } = usePage(identityId, folder);
  // Below the oldest row read there may be holes: single messages that a conversation brought along.
  const least = more ? oldest : undefined;
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
    if (!messages || messages.identityId !== identityId || messages.folder !== folder) return undefined;
    return threadRows(messages.messages);
  }, [messages, identityId, folder]);
};
