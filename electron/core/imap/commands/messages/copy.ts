import type { CopyOutcome } from '../../../ports/imap';
import { rangesOf, rangesText, readSequenceSet, type SequenceSet } from '../../grammar/sequence-set';
import { chosenMessages } from '../../session/chosen-messages';
import type { Command, InMailbox } from '../../session/command';
import { slices } from '../../session/entries';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok, type Tagged } from '../../session/tagged';
import { tellExpunged } from '../../session/tell-changes';

/** COPY and UID COPY (RFC 9051 6.4.7): of all messages, or of none. */
export const copy: Command = {
  state: 'selected',
  takesUid: true,
  read: (reader, { isUid }) => {
    const wanted = { ...readPlaces(reader), isUid };
    return async (context) => {
      const copied = await carry(context, { ...wanted, how: 'copy' });
      if (!copied.failure) return ok('Copied', copyUid(copied));
      await undo(context, copied);
      return copied.failure;
    };
  },
};

/** MOVE and UID MOVE (RFC 6851, RFC 9051 6.4.8): each message is moved or stays. */
export const move: Command = {
  state: 'selected',
  takesUid: true,
  read: (reader, { isUid }) => {
    const wanted = { ...readPlaces(reader), isUid };
    return async (context) => {
      const { session, account, selected } = context;
      if (selected.isReadOnly) return no('The mailbox is open to read only', 'READ-ONLY');
      const moved = await carry(context, { ...wanted, how: 'move' });
      const code = copyUid(moved);
      if (code !== undefined) session.client.tell(`OK [${code}] Moved`);
      tellExpunged(context, moved.from);
      if (moved.failure) return moved.failure;
      const highest = account.state(selected.mailbox.id)?.highestModseq;
      const tells = session.enabled.qresync && code !== undefined && highest !== undefined;
      return ok('Done', tells ? `HIGHESTMODSEQ ${String(highest)}` : undefined);
    };
  },
};

type Places = { readonly set: SequenceSet; readonly name: Uint8Array };
type Carried = {
  readonly to: string;
  uidValidity: number;
  readonly from: number[];
  readonly uids: number[];
  failure?: Tagged;
};

function readPlaces(reader: Parameters<Command['read']>[0]): Places {
  reader.space();
  const set = readSequenceSet(reader);
  reader.space();
  return { set, name: reader.astringOctets() };
}

/** Copies or moves slice by slice, until one fails. */
async function carry(
  context: InMailbox,
  { set, name, isUid, how }: Places & { readonly isUid: boolean; readonly how: 'copy' | 'move' },
): Promise<Carried> {
  const { session, account, selected } = context;
  const uids = chosenMessages(context, set, { isUid });
  const target = mailboxAt(account, pathOf(session, name));
  const carried: Carried = { to: target?.id ?? '', uidValidity: 0, from: [], uids: [] };
  if (!target) return { ...carried, failure: no('There is no such mailbox', 'TRYCREATE') };
  for (const slice of slices(uids)) {
    const outcome: CopyOutcome = account[how]({ mailbox: selected.mailbox.id, uids: slice, to: target.id });
    if (!outcome.isDone) return { ...carried, failure: refused(outcome) };
    carried.uidValidity = outcome.uidValidity;
    carried.from.push(...outcome.from);
    carried.uids.push(...outcome.to);
    await session.client.flow();
  }
  const isAnyGone = !isUid && carried.from.length < uids.length;
  return isAnyGone ? { ...carried, failure: no('Some of the messages are gone', 'EXPUNGEISSUED') } : carried;
}

/** `COPYUID` (RFC 4315); undefined when there was nothing. */
function copyUid({ uidValidity, from, uids }: Carried): string | undefined {
  if (from.length === 0) return undefined;
  return `COPYUID ${String(uidValidity)} ${rangesText(rangesOf(from))} ${rangesText(rangesOf(uids))}`;
}

async function undo({ account, session }: InMailbox, { to, uids }: Carried): Promise<void> {
  for (const slice of slices(uids)) {
    account.setFlags({ mailbox: to, uids: slice, how: 'add', flags: ['\\Deleted'] });
    account.expunge({ mailbox: to, uids: slice });
    await session.client.flow();
  }
}
