/** Keys of the index for messages of one millisecond. */
export const KEYS_OF_A_TIME = 1_024;

/** Below 2^53 with all keys of its time. */
const LAST_TIME = 8_000_000_000_000;

/** The first key of the index for what was written at a time: the index stands in the order of writing. */
export function keyOfTime(orderedAt: number): number {
  return Math.min(Math.max(Math.floor(orderedAt), 0), LAST_TIME) * KEYS_OF_A_TIME;
}

/** The next key of a time, of whose keys `last` is taken; undefined when all are. */
export function keyAfter(first: number, last: number | undefined): number | undefined {
  if (last === undefined) return first;
  return last + 1 < first + KEYS_OF_A_TIME ? last + 1 : undefined;
}
