import type { IdentityId, MessageId } from '../../shared/ids';
import type { ListPlace } from '../../shared/message';
import type { SearchCount, SearchOrder } from '../../shared/search/saved-search';
import { byWriting, placeInList } from '../../shared/written-order';
import { putMessages } from '../mirror/apply-event';
import type { Services } from '../state/services';
import { isMonthFirst } from '../words/search/is-month-first';

/** What is looked for, and in whose mail. */
export type Asked = {
  readonly identityIds: readonly IdentityId[];
  readonly words: string;
  readonly order: SearchOrder;
};

type Hit = ListPlace & { readonly id: MessageId };

/** What is found in the mail of one identity, in its order, as far as it was read. */
type Part = { readonly identityId: IdentityId; readonly hits: readonly Hit[]; readonly more: boolean };

/** What is found, by identity: the core looks through the mail of one at a time. */
export type Found = { readonly asked: Asked; readonly parts: readonly Part[] };

/** Nothing is read yet. */
export const nothingFound = (asked: Asked): Found => ({
  asked,
  parts: asked.identityIds.map((identityId) => ({ identityId, hits: [], more: true })),
});

export const hasMore = ({ parts }: Found): boolean => parts.some(({ more }) => more);

/**
 * Reads the next rows of each identity that has more, and puts them into the mirror.
 * @param limit rows of each, 500 at most
 */
export const findMore = async (services: Services, { asked, parts }: Found, limit: number): Promise<Found> => ({
  asked,
  parts: await Promise.all(
    parts.map((part) => (part.more ? readOn(services, asked, { part, limit }) : Promise.resolve(part))),
  ),
});

const readOn = async (
  { core, mirror }: Services,
  { words: text, order }: Asked,
  { part, limit }: { readonly part: Part; readonly limit: number },
): Promise<Part> => {
  const { identityId, hits } = part;
  const last = hits.at(-1);
  const before = last ? { before: placeInList(last) } : {};
  const request = { identityId, text, order, limit, isMonthFirst: isMonthFirst(), ...before };
  const messages = await core.call('messages.search', request);
  await putMessages(mirror, messages);
  const known = new Set(hits.map(({ id }) => id));
  const added = messages.filter(({ id }) => !known.has(id)).map((one) => ({ id: one.id, ...placeInList(one) }));
  // What is known already alone would be asked for over and over.
  return { identityId, hits: [...hits, ...added], more: messages.length === limit && added.length > 0 };
};

/** How many there are; undefined when they could not be counted. */
export const countFound = async (
  { core }: Services,
  { identityIds, words: text }: Asked,
): Promise<SearchCount | undefined> => {
  const count = (identityId: IdentityId) =>
    core.call('messages.searchCount', { identityId, text, isMonthFirst: isMonthFirst() });
  const counts = await Promise.all(identityIds.map(count)).catch(() => []);
  if (counts.length === 0) return undefined;
  return { count: counts.reduce((sum, one) => sum + one.count, 0), isMore: counts.some(({ isMore }) => isMore) };
};

/** The ids in the order in which they are shown, as far as none that is not read yet belongs between them. */
export const idsInOrder = ({ asked, parts }: Found): readonly MessageId[] => {
  const [only] = parts;
  if (only && parts.length === 1) return only.hits.map(({ id }) => id);
  return asked.order === 'newest' ? newestFirst(parts) : inTurn(parts);
};

const newestFirst = (parts: readonly Part[]): MessageId[] => {
  const ends = parts.flatMap(({ hits, more }) => (more ? hits.slice(-1) : []));
  return parts
    .flatMap(({ hits }) => hits)
    .filter((hit) => ends.every((end) => byWriting(hit, end) >= 0))
    .sort(byWriting)
    .reverse()
    .map(({ id }) => id);
};

/** How well a message fits is known among those of its identity only: the best of each, the second of each … */
const inTurn = (parts: readonly Part[]): MessageId[] => {
  const whole = Math.min(...parts.map(({ hits, more }) => (more ? hits.length : Infinity)));
  const most = Math.min(whole, Math.max(0, ...parts.map(({ hits }) => hits.length)));
  return Array.from({ length: most }, (_, at) => parts.flatMap(({ hits }) => hits[at]?.id ?? [])).flat();
};
