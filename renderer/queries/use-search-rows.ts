import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { MessageSummary } from '../../shared/message';
import type { SearchCount } from '../../shared/search/saved-search';
import { MAX_SEARCH_CHARACTERS } from '../../shared/search/search-limits';
import { useServices } from '../state/services';
import type { Services } from '../state/services';
import { markRows, useSelection } from '../state/selection';
import { useSearches } from '../state/searches';
import { threadRows } from '../state/lists/thread-rows';
import type { ThreadRow } from '../state/lists/thread-rows';
import { countFound, findMore, hasMore, idsInOrder, nothingFound } from './find-messages';
import type { Asked, Found } from './find-messages';
import { useLiveQuery } from './use-live-query';

export type SearchResult = {
  readonly rows: ThreadRow[] | undefined;
  readonly failed: boolean;
  /** How many messages there are; undefined until they are counted. */
  readonly count: SearchCount | undefined;
  /** Asks for more of them. */
  readonly more: () => void;
};

const PAGE_SIZE = 100;
/** When all of them are wanted. */
const LARGE_PAGE_SIZE = 500;
/** Milliseconds without a key before the core is asked: less than between two keys of who types fast. */
const PAUSE_MS = 60;

type Shown = Found & { readonly failed: boolean; readonly count?: SearchCount };

/** Reads all that is left, as long as all of it is marked; shown at the end, so that the list is made anew once. */
const rest = async (services: Services, found: Found): Promise<Found> => {
  let last = found;
  while (hasMore(last) && useSelection.getState().wholeAt !== undefined)
    last = await findMore(services, last, LARGE_PAGE_SIZE);
  return last;
};

/** What could not be read is not marked, and not asked for over and over. */
const markNoMore = (error: unknown): never => {
  markRows(useSelection.getState().marked);
  throw error;
};

/** Looks for it, a moment after the last key; the rows are on the screen before anybody asks how many there are. */
const useFirst = (
  asked: Asked | undefined,
  show: (change: (shown: Shown | undefined) => Shown | undefined) => void,
) => {
  const services = useServices();
  useEffect(() => {
    if (!asked) return undefined;
    let current = true;
    const find = async () => {
      const first = await findMore(services, nothingFound(asked), PAGE_SIZE).catch(() => undefined);
      if (current) show(() => (first ? { ...first, failed: false } : { asked, parts: [], failed: true }));
      const count = current && first ? await countFound(services, asked) : undefined;
      if (current && count) show((shown) => shown && { ...shown, count });
    };
    const timer = setTimeout(() => void find(), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [services, asked, show]);
};

const useFound = (asked: Asked | undefined): { readonly found: Shown | undefined; readonly more: () => void } => {
  const services = useServices();
  const [found, setFound] = useState<Shown>();
  useFirst(asked, setFound);
  /** Whether the next rows are being read: one page at a time. */
  const isReading = useRef(false);
  const readOn = useCallback(
    async (read: (found: Found) => Promise<Found>) => {
      if (!found || !hasMore(found) || found.asked !== asked || isReading.current) return;
      isReading.current = true;
      // What fails is tried again with the next row that comes near the end.
      const next = await read({ asked: found.asked, parts: found.parts }).catch(() => undefined);
      isReading.current = false;
      if (next) setFound((shown) => (shown?.asked === next.asked ? { ...shown, ...next } : shown));
    },
    [asked, found],
  );
  const more = useCallback(() => void readOn((former) => findMore(services, former, PAGE_SIZE)), [services, readOn]);
  const isWhole = useSelection(({ wholeAt }) => wholeAt !== undefined);
  useEffect(() => {
    if (isWhole) queueMicrotask(() => void readOn((former) => rest(services, former).catch(markNoMore)));
  }, [services, isWhole, readOn]);
  return { found, more };
};

/** Everything that a search finds in the mail of these identities; `rows` is undefined while it is being looked for. */
export const useSearchRows = (identityIds: readonly IdentityId[], text: string | undefined): SearchResult => {
  const { mirror } = useServices();
  const order = useSearches((searches) => searches.order);
  const words = text?.trim().slice(0, MAX_SEARCH_CHARACTERS) ?? '';
  const asked = useMemo(
    () => (identityIds.length > 0 && words !== '' ? { identityIds, words, order } : undefined),
    [identityIds, words, order],
  );
  const { found, more } = useFound(asked);
  const messages = useLiveQuery(
    useCallback(
      async () =>
        found ? { asked: found.asked, messages: await mirror.messages.bulkGet([...idsInOrder(found)]) } : undefined,
      [mirror, found],
    ),
  );
  const isCurrent = found !== undefined && found.asked === asked && messages?.asked === asked;
  const rows = useMemo(() => {
    if (!isCurrent) return undefined;
    return threadRows(messages.messages.filter((one): one is MessageSummary => one !== undefined));
  }, [messages, isCurrent]);
  return { rows, failed: isCurrent && found.failed, count: isCurrent ? found.count : undefined, more };
};
