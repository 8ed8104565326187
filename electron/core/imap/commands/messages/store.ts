import type { FlagChange } from '../../../domain/clients/message-flags';
import type { ImapEntry } from '../../../ports/imap';
import { rangesOf, rangesText } from '../../grammar/sequence-set';
import { readStore, type StoreArguments } from '../../grammar/store-arguments';
import { chosenMessages } from '../../session/chosen-messages';
import type { Command, InMailbox } from '../../session/command';
import { enableCondstore } from '../../session/enable-condstore';
import { entriesOf, slices } from '../../session/entries';
import { isAsChanged } from '../../session/flags-after';
import { refused } from '../../session/refused';
import { no, ok, type Tagged } from '../../session/tagged';
import { tellChanges, tellFlags } from '../../session/tell-changes';

/** STORE and UID STORE (RFC 9051 6.4.6; UNCHANGEDSINCE of RFC 7162 3.1.3). */
export const store: Command = {
  state: 'selected',
  takesUid: true,
  keepsNumbers: true,
  read: (reader, { isUid }) => {
    const wanted = readStore(reader);
    return (context) => run(context, { ...wanted, isUid });
  },
};

/** Messages that are changed at once: the core's thread stands still meanwhile. */
const AT_ONCE = 100;

type Wanted = StoreArguments & { readonly isUid: boolean };

async function run(context: InMailbox, wanted: Wanted): Promise<Tagged> {
  const { session, selected } = context;
  const { isUid, unchangedSince } = wanted;
  if (selected.isReadOnly) return no('The mailbox is open to read only', 'READ-ONLY');
  if (unchangedSince !== undefined) enableCondstore(context);
  const uids = chosenMessages(context, wanted.set, { isUid });
  await tellChanges(context, { mayExpunge: false });
  const failed: number[] = [];
  let found = 0;
  for (const slice of slices(uids, AT_ONCE)) {
    const stored = await storeSlice(context, { wanted, uids: slice });
    if ('status' in stored) return stored;
    failed.push(...stored.modified);
    found += stored.found;
    await session.client.flow();
  }
  return outcome(context, { wanted, failed, isAnyGone: found < uids.length });
}

async function storeSlice(
  context: InMailbox,
  { wanted, uids }: { wanted: Wanted; uids: readonly number[] },
): Promise<Tagged | { readonly modified: readonly number[]; readonly found: number }> {
  const { account, selected } = context;
  const change = changeOf(wanted);
  const before = new Map(entriesOf(context, uids).map((entry) => [entry.uid, entry]));
  const changed = await account.setFlags({ ...change, mailbox: selected.mailbox.id, uids });
  if (!changed.isDone) return refused(changed);
  const left = new Set(changed.modified);
  const entries = entriesOf(context, uids);
  for (const after of entries) {
    if (left.has(after.uid)) continue;
    selected.ownChanges.set(after.uid, after.modseq);
    const isSilent = wanted.isSilent && isAsChanged({ before: before.get(after.uid), after }, change);
    tellStored(context, { isSilent, isUid: wanted.isUid, entry: after });
  }
  return { modified: changed.modified, found: entries.length };
}

function changeOf({ how, flags, unchangedSince }: Wanted): FlagChange {
  return { how, flags, ...(unchangedSince === undefined ? {} : { unchangedSince }) };
}

function tellStored(
  context: InMailbox,
  { isSilent, isUid, entry }: { isSilent: boolean; isUid: boolean; entry: ImapEntry },
): void {
  const { session, selected } = context;
  const number = selected.view.numberOf(entry.uid);
  if (!isSilent || number === undefined) return tellFlags(context, entry, { withUid: isUid });
  if (!session.enabled.condstore) return;
  const uid = isUid || session.enabled.qresync ? `UID ${String(entry.uid)} ` : '';
  session.client.tell(`${String(number)} FETCH (${uid}MODSEQ (${String(entry.modseq)}))`);
}

function outcome(
  { selected }: InMailbox,
  { wanted, failed, isAnyGone }: { wanted: Wanted; failed: readonly number[]; isAnyGone: boolean },
): Tagged {
  if (failed.length > 0) {
    const numbers = wanted.isUid ? failed : failed.map((uid) => selected.view.numberOf(uid) ?? 0);
    const ascending = [...numbers].sort((one, other) => one - other);
    return ok('Some had changed and were left', `MODIFIED ${rangesText(rangesOf(ascending))}`);
  }
  if (isAnyGone && !wanted.isUid) return no('Some of the messages are gone', 'EXPUNGEISSUED');
  return ok('Stored');
}
