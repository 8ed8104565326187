import { z } from 'zod';
import { ListPlace } from '../message';
import type { ListSort, MessageSummary } from '../message';

/** What a list may leave out; of several, all must hold. */
export const ListFilter = z.enum(['unread', 'flagged', 'files', 'verified']);
export type ListFilter = z.infer<typeof ListFilter>;

/** Where a message stands in a list that is sorted by something else than the date: `key` is what it is sorted by. */
export const SortedPlace = ListPlace.extend({
  key: z.union([z.string().max(400), z.number().int().nonnegative()]).optional(),
});
export type SortedPlace = z.infer<typeof SortedPlace>;

export const newestFirst: ListSort = { by: 'date', direction: 'down' };

/** Characters of a subject that its list is sorted by. */
const SUBJECT_CHARACTERS = 80;
/** What mail programs put before the subject that they answer or forward. */
const ANSWER = /^(?:(?:re|aw|wg|fw):|fwd:) */;

const lowerAscii = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Without a sign of answering, small letters of ASCII: what the column `subject_key` of the store is as well. */
const subjectKey = (subject: string): string => {
  const start = Array.from(subject).slice(0, SUBJECT_CHARACTERS).join('');
  return lowerAscii(start).replace(ANSWER, '');
};

type Placed = Pick<MessageSummary, 'from' | 'subject' | 'size' | 'orderedAt' | 'sequence'>;

const keys: Readonly<Record<ListSort['by'], (message: Placed) => string | number | undefined>> = {
  date: () => undefined,
  sender: ({ from }) => from,
  subject: ({ subject }) => subjectKey(subject),
  size: ({ size }) => size,
};

/** Where a message stands in a list of this order, to read on from there. */
export const placeBy = (by: ListSort['by'], message: Placed): SortedPlace => {
  const key = keys[by](message);
  const { orderedAt, sequence } = message;
  return key === undefined ? { orderedAt, sequence } : { orderedAt, sequence, key };
};

/** By code points, as the database compares; JavaScript's own order differs past U+D7FF. */
const compareText = (one: string, other: string): number => {
  if (one === other) return 0;
  const [first, second] = [Array.from(one), Array.from(other)];
  const at = first.findIndex((letter, index) => letter !== second[index]);
  return at < 0 ? -1 : (first[at]?.codePointAt(0) ?? 0) - (second[at]?.codePointAt(0) ?? -1);
};

const compareKeys = (one: SortedPlace['key'], other: SortedPlace['key']): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other));

/**
 * For `sort`, in the order in which the store hands out a list: of one sender, subject or size, newest first when it
 * goes up, and the whole the other way round when it goes down.
 */
export const inOrder =
  ({ by, direction }: ListSort) =>
  (one: SortedPlace, other: SortedPlace): number => {
    const byDate = one.orderedAt - other.orderedAt || one.sequence - other.sequence;
    const up = by === 'date' ? byDate : compareKeys(one.key, other.key) || -byDate;
    return direction === 'up' ? up : -up;
  };

const conditions: Readonly<Record<ListFilter, (message: MessageSummary) => boolean>> = {
  unread: ({ seen }) => !seen,
  flagged: ({ flagged }) => flagged,
  files: ({ attachmentCount }) => attachmentCount > 0,
  verified: ({ protection }) => protection === 'verified',
};

/** Whether a list with these filters shows the message. */
export const passes = (filters: readonly ListFilter[], message: MessageSummary): boolean =>
  filters.every((filter) => conditions[filter](message));
