import { useCallback, useEffect, useMemo, useState } from 'react';
import type { IdentityId, MessageId } from '../../shared/ids';
import type { MessageSummary } from '../../shared/message';
import { putMessages } from '../mirror/apply-event';
import { useServices } from '../state/services';
import { threadRows } from '../state/thread-rows';
import type { ThreadRow } from '../state/thread-rows';
import { useLiveQuery } from './use-live-query';

export type SearchResult = { readonly rows: ThreadRow[] | undefined; readonly failed: boolean };

const MOST_FOUND = 200;
/** Milliseconds without a key before the core is asked. */
const PAUSE_MS = 180;

type Found = { readonly words: string; readonly ids: readonly MessageId[]; readonly failed: boolean };

const useFoundIds = (identityId: IdentityId | undefined, words: string): Found | undefined => {
  const { core, mirror } = useServices();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (!identityId || words === '') return undefined;
    let current = true;
    const find = async (): Promise<Found> => {
      const messages = await core.call('messages.search', { identityId, text: words.slice(0, 200), limit: MOST_FOUND });
      await putMessages(mirror, messages);
      return { words, ids: messages.map((message) => message.id), failed: false };
    };
    const show = (next: Found) => {
      if (current) setFound(next);
    };
    const timer = setTimeout(() => {
      find().then(show, () => show({ words, ids: [], failed: true }));
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [core, mirror, identityId, words]);
  return found;
};

/** Everything of an identity that matches a text, newest first; `rows` is undefined while it is being looked for. */
export const useSearchRows = (identityId: IdentityId | undefined, text: string | undefined): SearchResult => {
  const { mirror } = useServices();
  const words = text?.trim() ?? '';
  const found = useFoundIds(identityId, words);
  const messages = useLiveQuery(
    useCallback(
      async () => (found ? { found, messages: await mirror.messages.bulkGet([...found.ids]) } : undefined),
      [mirror, found],
    ),
  );
  return useMemo(() => {
    if (!messages || messages.found !== found || found.words !== words) return { rows: undefined, failed: false };
    const present = messages.messages.filter((message): message is MessageSummary => message !== undefined);
    return { rows: threadRows(present), failed: found.failed };
  }, [messages, found, words]);
};
