import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { IdentityId, MessageId } from '../../shared/ids';
import type { ListPlace, MessageSummary } from '../../shared/message';
import type { SearchCount, SearchOrder } from '../../shared/search/saved-search';
import { MAX_SEARCH_CHARACTERS } from '../../shared/search/search-limits';
import { placeInList } from '../../shared/written-order';
import { putMessages } from '../mirror/apply-event';
import { useServices } from '../state/services';
import type { Services } from '../state/services';
import { markRows, useSelection } from '../state/selection';
import { useSearches } from '../state/searches';
import { threadRows } from '../state/thread-rows';
import type { ThreadRow } from '../state/thread-rows';
import { isMonthFirst } from '../words/search/is-month-first';
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

type Asked = { readonly identityId: IdentityId; readonly words: string; readonly order: SearchOrder };
type Found = {
  readonly asked: Asked;
  readonly ids: readonly MessageId[];
  /** Where the last one stands, while there may be more. */
  readonly end: ListPlace | undefined;
  readonly failed: boolean;
  readonly count?: SearchCount;
};

const page = async (
  { core, mirror }: Services,
  asked: Asked,
  { former, limit = PAGE_SIZE }: { readonly former?: Found; readonly limit?: number } = {},
): Promise<Found> => {
  const { identityId, words: text, order } = asked;
  const before = former?.end === undefined ? {} : { before: former.end };
  const request = { identityId, text, order, limit, isMonthFirst: isMonthFirst(), ...before };
  const messages = await core.call('messages.search', request);
  await putMessages(mirror, messages);
  const last = messages.at(-1);
  return {
    ...former,
    asked,
    ids: [...new Set([...(former?.ids ?? []), ...messages.map(({ id }) => id)])],
    end: last && messages.length === limit ? placeInList(last) : undefined,
    failed: false,
  };
};

/** Reads all that is left, as long as all of it is marked; shown at the end, so that the list is made anew once. */
const rest = async (services: Services, found: Found): Promise<Found> => {
  let last = found;
  while (last.end !== undefined && useSelection.getState().wholeAt !== undefined)
    last = await page(services, found.asked, { former: last, limit: LARGE_PAGE_SIZE });
  return last;
};

/** What could not be read is not marked, and not asked for over and over. */
const markNoMore = (error: unknown): never => {
  markRows(useSelection.getState().marked);
  throw error;
};

const counted = async ({ core }: Services, { identityId, words: text }: Asked): Promise<SearchCount | undefined> =>
  core.call('messages.searchCount', { identityId, text, isMonthFirst: isMonthFirst() }).catch(() => undefined);

const useFound = (asked: Asked | undefined): { readonly found: Found | undefined; readonly more: () => void } => {
  const services = useServices();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (!asked) return undefined;
    let current = true;
    const show = (next: Found) => {
      if (current) setFound(next);
    };
    const find = async () => {
      const first = await page(services, asked).catch(() => ({ asked, ids: [], end: undefined, failed: true }));
      show(first);
      // The rows are on the screen before anybody asks how many there are.
      const count = current && !first.failed ? await counted(services, asked) : undefined;
      if (current && count) setFound((shown) => shown && { ...shown, count });
    };
    const timer = setTimeout(() => void find(), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [services, asked]);
  /** Whether the next rows are being read: one page at a time. */
  const isReading = useRef(false);
  const readOn = useCallback(
    async (read: (found: Found) => Promise<Found>) => {
      if (!found?.end || found.asked !== asked || isReading.current) return;
      isReading.current = true;
      // What fails is tried again with the next row that comes near the end.
      const next = await read(found).catch(() => undefined);
      isReading.current = false;
      if (next) setFound((shown) => (shown?.asked === next.asked ? { ...shown, ...next, ...countOf(shown) } : shown));
    },
    [asked, found],
  );
  const more = useCallback(() => void readOn((former) => page(services, former.asked, { former })), [services, readOn]);
  const isWhole = useSelection(({ wholeAt }) => wholeAt !== undefined);
  useEffect(() => {
    if (isWhole) queueMicrotask(() => void readOn((former) => rest(services, former).catch(markNoMore)));
  }, [services, isWhole, readOn]);
  return { found, more };
};

const countOf = ({ count }: Found) => (count === undefined ? {} : { count });

/** Everything of an identity that a search finds; `rows` is undefined while it is being looked for. */
export const useSearchRows = (identityId: IdentityId | undefined, text: string | undefined): SearchResult => {
  const { mirror } = useServices();
  const order = useSearches((searches) => searches.order);
  const words = text?.trim().slice(0, MAX_SEARCH_CHARACTERS) ?? '';
  const asked = useMemo(
    () => (identityId && words !== '' ? { identityId, words, order } : undefined),
    [identityId, words, order],
  );
  const { found, more } = useFound(asked);
  const messages = useLiveQuery(
    useCallback(
      async () => (found ? { asked: found.asked, messages: await mirror.messages.bulkGet([...found.ids]) } : undefined),
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
