import type { ImapEntry, ImapMessage } from '../../../ports/imap';
import { fetchPlan, type FetchPlan } from '../../content/fetch-plan';
import { tellMessage } from '../../content/tell-message';
import { BadCommand } from '../../grammar/bad-command';
import { readFetchItems, readFetchModifiers, type FetchItem, type FetchModifiers } from '../../grammar/fetch-items';
import { readSequenceSet, toRanges, rangesOf, type NumberRanges, type SequenceSet } from '../../grammar/sequence-set';
import { chosenMessages } from '../../session/chosen-messages';
import type { Command, InMailbox } from '../../session/command';
import { enableCondstore } from '../../session/enable-condstore';
import { allEntries, entriesOf, rowPace, PAGE } from '../../session/entries';
import { tellVanishedEarlier } from '../../session/tell-missed';
import { no, ok, type Tagged } from '../../session/tagged';

/** Rows of messages in memory at once. */
const ROWS = 100;

/** FETCH and UID FETCH (RFC 9051 6.4.5; CHANGEDSINCE and VANISHED of RFC 7162, BINARY, PREVIEW, OBJECTID, SAVEDATE). */
export const fetch: Command = {
  state: 'selected',
  takesUid: true,
  keepsNumbers: true,
  read: (reader, { isUid }) => {
    reader.space();
    const set = readSequenceSet(reader);
    reader.space();
    const items = readFetchItems(reader);
    const modifiers = readFetchModifiers(reader);
    return (context) => run(context, { set, items, modifiers, isUid });
  },
};

type Wanted = {
  readonly set: SequenceSet;
  readonly items: readonly FetchItem[];
  readonly modifiers: FetchModifiers;
  readonly isUid: boolean;
};

async function run(context: InMailbox, wanted: Wanted): Promise<Tagged> {
  const { enabled } = context.session;
  const { items, modifiers, isUid, set } = wanted;
  const { changedSince, isVanishedWanted } = modifiers;
  if (isVanishedWanted && !(isUid && enabled.qresync)) throw new BadCommand('VANISHED is for UID FETCH with QRESYNC');
  if (changedSince !== undefined || items.some(({ name }) => name === 'MODSEQ')) enableCondstore(context);
  const plan = fetchPlan(items, { isUid, isModseqTold: changedSince !== undefined });
  const chosen = chosenMessages(context, set, { isUid });
  if (isVanishedWanted && changedSince !== undefined)
    tellVanishedEarlier(context, { known: asked(context, set), modseq: changedSince });
  const uids = changedSince === undefined ? chosen : await changed(context, { chosen, changedSince });
  return tellAll(context, { plan, uids, isUid });
}

/** UIDs that were asked for, also of messages that are gone. */
function asked({ selected, account }: InMailbox, set: SequenceSet): NumberRanges {
  if (set.kind === 'saved') return rangesOf(selected.saved);
  return toRanges(set.ranges, (account.state(selected.mailbox.id)?.uidNext ?? 1) - 1);
}

async function changed(
  context: InMailbox,
  { chosen, changedSince }: { chosen: readonly number[]; changedSince: number },
): Promise<number[]> {
  const wanted = new Set(chosen);
  const uids: number[] = [];
  for await (const entries of allEntries(context, changedSince))
    for (const { uid } of entries) if (wanted.has(uid)) uids.push(uid);
  return uids;
}

async function tellAll(
  context: InMailbox,
  { plan, uids, isUid }: { plan: FetchPlan; uids: readonly number[]; isUid: boolean },
): Promise<Tagged> {
  const outcomes = { told: 0, gone: 0, undecodable: 0 };
  const pace = rowPace(plan.needsMessages ? ROWS : PAGE);
  for (const slice of pace.slices(uids)) {
    const seen = plan.marksSeen && !context.selected.isReadOnly ? await markSeen(context, slice) : new Set<number>();
    const rows = pace.measured(slice.length, () => rowsOf(context, { plan, uids: slice }));
    outcomes.gone += slice.length - rows.length;
    for (const row of rows) {
      const outcome = await tellMessage(context, { plan, row, isNewlySeen: seen.has(row.uid) });
      outcomes[outcome] += 1;
    }
    await context.session.client.flow();
  }
  if (outcomes.undecodable > 0) return no('Some parts have an encoding that is not known', 'UNKNOWN-CTE');
  if (outcomes.gone > 0 && !isUid) return no('Some of the messages are gone', 'EXPUNGEISSUED');
  return ok('Done');
}

function rowsOf(
  context: InMailbox,
  { plan, uids }: { plan: FetchPlan; uids: readonly number[] },
): readonly (ImapEntry | ImapMessage)[] {
  const { account, selected } = context;
  return plan.needsMessages ? account.messages({ mailbox: selected.mailbox.id, uids }) : entriesOf(context, uids);
}

/** Marks as seen what is not yet, and answers which messages these were. */
async function markSeen(context: InMailbox, slice: readonly number[]): Promise<Set<number>> {
  const { account, selected } = context;
  const unseen = entriesOf(context, slice).filter(({ flags }) => !flags.includes('\\Seen'));
  const uids = unseen.map(({ uid }) => uid);
  if (uids.length === 0) return new Set();
  await account.setFlags({ mailbox: selected.mailbox.id, uids, how: 'add', flags: ['\\Seen'] });
  return new Set(uids);
}
