import { SlicePace } from '../../domain/clients/slice-pace';
import type { ImapEntry } from '../../ports/imap';
import type { InMailbox } from './command';

/** Messages that are asked for at once: the core's thread stands still meanwhile. */
export const PAGE = 500;

/** How many rows of messages are read in one turn; `most`: in memory at once. */
export function rowPace(most = PAGE): SlicePace {
  return new SlicePace({ now: () => performance.now(), first: 20, most });
}

/** All that is in the mailbox, or what has a larger MODSEQ, page by page. */
export async function* allEntries(
  { account, selected, session }: InMailbox,
  changedSince?: number,
): AsyncGenerator<readonly ImapEntry[]> {
  const since = changedSince === undefined ? {} : { changedSince };
  for (let afterUid = 0; ;) {
    const entries = account.entries({ mailbox: selected.mailbox.id, afterUid, ...since, limit: PAGE });
    const last = entries.at(-1);
    if (!last) return;
    yield entries;
    if (entries.length < PAGE) return;
    afterUid = last.uid;
    await session.client.flow();
  }
}

/** Of these UIDs, ascending and at most `PAGE`, what is there. */
export function entriesOf({ account, selected }: InMailbox, uids: readonly number[]): readonly ImapEntry[] {
  return account.entries({ mailbox: selected.mailbox.id, uids, limit: uids.length });
}

/** Of a list in slices of so many. */
export function* slices<T>(list: readonly T[], size = PAGE): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
