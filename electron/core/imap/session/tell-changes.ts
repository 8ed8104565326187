import type { ImapEntry } from '../../ports/imap';
import { rangesOf, rangesText } from '../grammar/sequence-set';
import type { InMailbox } from './command';
import { allEntries } from './entries';
import { flagsText } from './flags-text';
import { noteRecent, tellRecent } from './recent-messages';

/**
 * Tells the client what others have changed in its mailbox. Sequence numbers change only with `mayExpunge` (RFC 9051
 * 7.5.1).
 */
export async function tellChanges(context: InMailbox, { mayExpunge }: { mayExpunge: boolean }): Promise<void> {
  const { session, account, selected } = context;
  const state = account.state(selected.mailbox.id);
  if (state?.uidValidity !== selected.uidValidity) {
    session.client.tell('BYE The mailbox is gone');
    session.isOver = true;
    return;
  }
  const { highestModseq } = state;
  if (mayExpunge && highestModseq !== selected.goneModseq) await tellGone(context, highestModseq);
  if (highestModseq !== selected.toldModseq) await tellNews(context, highestModseq);
}

async function tellGone(context: InMailbox, highestModseq: number): Promise<void> {
  const { account, selected } = context;
  const gone = account.expungedSince({ mailbox: selected.mailbox.id, modseq: selected.goneModseq });
  tellExpunged(context, gone ?? (await missing(context)));
  selected.goneModseq = highestModseq;
}

/** Messages of the view that are there no more, when nobody remembers which went. */
async function missing(context: InMailbox): Promise<number[]> {
  const there = new Set<number>();
  for await (const entries of allEntries(context)) for (const { uid } of entries) there.add(uid);
  return context.selected.view.all().filter((uid) => !there.has(uid));
}

/** Takes messages out of the view and says so. */
export function tellExpunged({ session, selected }: InMailbox, gone: readonly number[]): void {
  if (gone.length === 0) return;
  const { uids, numbers } = selected.view.remove(gone);
  if (uids.length === 0) return;
  if (session.enabled.qresync) session.client.tell(`VANISHED ${rangesText(rangesOf(uids))}`);
  else for (const number of numbers) session.client.tell(`${String(number)} EXPUNGE`);
}

/** New messages, and flags of those that the client has. */
async function tellNews(context: InMailbox, highestModseq: number): Promise<void> {
  const { session, selected } = context;
  const { view } = selected;
  const known = view.largestUid;
  for await (const entries of allEntries(context, selected.toldModseq)) {
    view.add(entries.map(({ uid }) => uid).filter((uid) => uid > known));
    for (const entry of entries)
      if (entry.uid <= known && selected.ownChanges.get(entry.uid) !== entry.modseq) tellFlags(context, entry);
    await session.client.flow();
  }
  if (view.largestUid > known) {
    noteRecent(session, { selected, uidNext: view.largestUid + 1 });
    session.client.tell(`${String(view.count)} EXISTS`);
    tellRecent(session, selected);
  }
  selected.toldModseq = highestModseq;
  selected.ownChanges.clear();
}

/** FETCH with the flags of a message, which somebody has changed. */
export function tellFlags(context: InMailbox, entry: ImapEntry, { withUid = false } = {}): void {
  const { session, selected } = context;
  const number = selected.view.numberOf(entry.uid);
  if (number === undefined) return;
  const flags = flagsText(context, entry);
  const uid = withUid || session.enabled.qresync ? `UID ${String(entry.uid)} ` : '';
  const modseq = session.enabled.condstore ? ` MODSEQ (${String(entry.modseq)})` : '';
  session.client.tell(`${String(number)} FETCH (${uid}FLAGS ${flags}${modseq})`);
}
