import { MAX_FETCHED_PER_DAY, MIN_ANSWER_BYTES } from './list-limits';
import { DAY_MS } from '../time';

/** What one member fetched of a list on one day. */
export type Fetched = { readonly day: number; readonly octets: number };

/** What was fetched after an answer with so many octets. */
export function fetchedAfter(
  before: Fetched | undefined,
  o: { readonly octets: number; readonly now: number },
): Fetched {
  const day = Math.floor(o.now / DAY_MS);
  const already = before?.day === day ? before.octets : 0;
  return { day, octets: already + Math.max(o.octets, MIN_ANSWER_BYTES) };
}

/** Whether somebody who fetched so much may fetch more today. */
export function mayFetch(before: Fetched | undefined, now: number): boolean {
  return before?.day !== Math.floor(now / DAY_MS) || before.octets < MAX_FETCHED_PER_DAY;
}
