import { BadCommand } from '../grammar/bad-command';
import { toRanges, type SequenceSet } from '../grammar/sequence-set';
import type { InMailbox } from './command';

/**
 * UIDs of the messages that a set of numbers or UIDs means, ascending. Throws `BadCommand` for a number of no message.
 */
export function chosenMessages({ selected }: InMailbox, set: SequenceSet, { isUid }: { isUid: boolean }): number[] {
  const { view } = selected;
  if (set.kind === 'saved') return selected.saved.filter((uid) => view.numberOf(uid) !== undefined);
  if (isUid) return view.uidsIn(toRanges(set.ranges, view.largestUid));
  const uids = view.uidsByNumbers(toRanges(set.ranges, view.count));
  if (!uids) throw new BadCommand('There is no message of such a number');
  return uids;
}

/** The same of a search key, in which a number of no message means none (RFC 9051 6.4.4). */
export function searchedMessages(
  context: InMailbox,
  { key, set }: { readonly key: 'numbers' | 'uids'; readonly set: SequenceSet },
): number[] {
  if (key === 'uids' || set.kind === 'saved') return chosenMessages(context, set, { isUid: true });
  const { view } = context.selected;
  const there = toRanges(set.ranges, view.count).flatMap(({ from, to }) =>
    from > view.count ? [] : [{ from, to: Math.min(to, view.count) }],
  );
  return view.uidsByNumbers(there) ?? [];
}
