import { toRanges, type NumberRanges } from '../grammar/sequence-set';
import type { SearchKey } from '../grammar/search-keys';
import type { InMailbox } from '../session/command';
import { foundMessages } from './found-messages';

type OfSet = Extract<SearchKey, { readonly key: 'numbers' | 'uids' }>;

/**
 * Whether a UID is meant by a set of numbers or UIDs. It costs the memory of what the client wrote, not of what it
 * means: a command may have hundreds of them that each mean all messages.
 */
export function setTest({ selected }: InMailbox, { key, set }: OfSet): (uid: number) => boolean {
  const { view, saved } = selected;
  if (set.kind === 'saved') return foundMessages(view, saved);
  const ranges = toRanges(set.ranges, key === 'uids' ? view.largestUid : view.count);
  if (key === 'uids') return (uid) => isWithin(ranges, uid);
  return (uid) => isWithin(ranges, view.numberOf(uid) ?? 0);
}

/** `ranges`: ascending. */
function isWithin(ranges: NumberRanges, number: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.to ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.from ?? Infinity) <= number;
}
