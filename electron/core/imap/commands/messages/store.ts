import type { FlagChange, ImapEntry } from '../../../ports/imap';
import { rangesOf, rangesText } from '../../grammar/sequence-set';
import { readStore, type StoreArguments } from '../../grammar/store-arguments';
import { chosenMessages } from '../../session/chosen-messages';
import type { Command, InMailbox } from '../../session/command';
import { entriesOf, slices } from '../../session/entries';
import { changeQuietly, tellChanges, tellFlags } from '../../session/tell-changes';
import { no, ok, type Tagged } from '../../session/tagged';

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

type Wanted = StoreArguments & { readonly isUid: boolean };

async function run(context: InMailbox, wanted: Wanted): Promise<Tagged> {
  const { session, selected } = context;
  const { isUid, unchangedSince } = wanted;
  if (selected.isReadOnly) return no('The mailbox is open to read only', 'READ-ONLY');
  if (unchangedSince !== undefined) session.enabled.condstore = true;
  const uids = chosenMessages(context, wanted.set, { isUid });
  await tellChanges(context, { mayExpunge: false });
  const failed: number[] = [];
  let found = 0;
  for (const slice of slices(uids)) {
    const { modified, entries } = changeFlags(context, { wanted, uids: slice });
    failed.push(...modified);
    found += entries.length;
    const refused = new Set(modified);
    for (const entry of entries) if (!refused.has(entry.uid)) tellStored(context, { wanted, entry });
    await session.client.flow();
  }
  return outcome(context, { wanted, failed, isAnyGone: found < uids.length });
}

/** In one go, so that nothing comes between what is changed and what is told. */
function changeFlags(
  context: InMailbox,
  { wanted, uids }: { wanted: Wanted; uids: readonly number[] },
): { modified: readonly number[]; entries: ImapEntry[] } {
  const { account, selected } = context;
  const { how, flags, unchangedSince } = wanted;
  const change: FlagChange = { how, flags, ...(unchangedSince === undefined ? {} : { unchangedSince }) };
  const { modified } = changeQuietly(context, () =>
    account.setFlags({ ...change, mailbox: selected.mailbox.id, uids }),
  );
  return { modified, entries: entriesOf(context, uids) };
}

function tellStored(context: InMailbox, { wanted, entry }: { wanted: Wanted; entry: ImapEntry }): void {
  const { session, selected } = context;
  const { isUid, isSilent } = wanted;
  if (!isSilent) return tellFlags(context, entry, { withUid: isUid });
  if (!session.enabled.condstore) return;
  const uid = isUid || session.enabled.qresync ? `UID ${String(entry.uid)} ` : '';
  session.client.tell(`${String(selected.view.numberOf(entry.uid))} FETCH (${uid}MODSEQ (${String(entry.modseq)}))`);
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
