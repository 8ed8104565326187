import type { KnownState } from '../grammar/select-parameters';
import { rangesOf, rangesText, toRanges, type NumberRanges } from '../grammar/sequence-set';
import type { InMailbox } from './command';
import { allEntries } from './entries';
import { tellFlags } from './tell-changes';

/** Tells what changed while the client was away (RFC 7162 3.2.5.1). */
export async function tellMissed(context: InMailbox, { modseq, uids }: KnownState): Promise<void> {
  const { account, selected, session } = context;
  const last = (account.state(selected.mailbox.id)?.uidNext ?? 1) - 1;
  const known = toRanges(uids?.kind === 'ranges' ? uids.ranges : [{ one: 1, other: '*' }], last);
  tellVanishedEarlier(context, { known, modseq });
  for await (const entries of allEntries(context, modseq)) {
    for (const entry of entries) if (isIn(known, entry.uid)) tellFlags(context, entry, { withUid: true });
    await session.client.flow();
  }
}

/** `VANISHED (EARLIER)` with the known UIDs that went since; when that is forgotten, with all that are not there. */
export function tellVanishedEarlier(
  { account, session, selected }: InMailbox,
  { known, modseq }: { readonly known: NumberRanges; readonly modseq: number },
): void {
  const last = (account.state(selected.mailbox.id)?.uidNext ?? 1) - 1;
  const gone = account.expungedSince({ mailbox: selected.mailbox.id, modseq });
  const vanished = gone
    ? rangesOf(gone.filter((uid) => isIn(known, uid)).sort((one, other) => one - other))
    : without(known, { uids: selected.view.all(), last });
  if (vanished.length > 0) session.client.tell(`VANISHED (EARLIER) ${rangesText(vanished)}`);
}

/** What is in the ranges up to `last` and is none of the UIDs. */
function without(ranges: NumberRanges, { uids, last }: { uids: readonly number[]; last: number }): NumberRanges {
  const left: { from: number; to: number }[] = [];
  let index = 0;
  for (const range of ranges) {
    let { from } = range;
    const to = Math.min(range.to, last);
    while (index < uids.length && (uids[index] ?? 0) < from) index += 1;
    for (let uid = uids[index]; uid !== undefined && uid <= to; index += 1, uid = uids[index]) {
      if (uid > from) left.push({ from, to: uid - 1 });
      from = uid + 1;
    }
    if (from <= to) left.push({ from, to });
  }
  return left;
}

/** By halving: ranges are ascending and apart. */
function isIn(ranges: NumberRanges, number: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.to ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.from ?? Number.POSITIVE_INFINITY) <= number;
}
