import { rangesOf, rangesText, readSequenceSet, type SequenceSet } from '../../grammar/sequence-set';
import { chosenMessages } from '../../session/chosen-messages';
import type { Command, InMailbox } from '../../session/command';
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
      return 'status' in copied ? copied : ended(copied, { code: copyUid(copied) });
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
      if ('status' in moved) return moved;
      const copied = copyUid(moved);
      if (copied !== undefined) session.client.tell(`OK [${copied}] Moved`);
      tellExpunged(context, moved.from);
      const highest = account.state(selected.mailbox.id)?.highestModseq;
      const isModseqTold = session.enabled.qresync && copied !== undefined && highest !== undefined;
      return ended(moved, { code: isModseqTold ? `HIGHESTMODSEQ ${String(highest)}` : undefined });
    };
  },
};

type Places = { readonly set: SequenceSet; readonly name: Uint8Array };
type Carried = {
  readonly uidValidity: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Some had a number, and were gone. */
  readonly isAnyGone: boolean;
};

function readPlaces(reader: Parameters<Command['read']>[0]): Places {
  reader.space();
  const set = readSequenceSet(reader);
  reader.space();
  return { set, name: reader.astringOctets() };
}

async function carry(
  context: InMailbox,
  { set, name, isUid, how }: Places & { readonly isUid: boolean; readonly how: 'copy' | 'move' },
): Promise<Carried | Tagged> {
  const { session, account, selected } = context;
  const uids = chosenMessages(context, set, { isUid });
  const target = mailboxAt(account, pathOf(session, name));
  if (!target) return no('There is no such mailbox', 'TRYCREATE');
  if (uids.length === 0) return { uidValidity: 0, from: [], to: [], isAnyGone: false };
  const places = { mailbox: selected.mailbox.id, uids, to: target.id };
  const outcome = await account[how](places);
  if (!outcome.isDone) return refused(outcome);
  return { ...outcome, isAnyGone: !isUid && outcome.from.length < uids.length };
}

/** `COPYUID` (RFC 4315); undefined when there was nothing. */
function copyUid({ uidValidity, from, to }: Carried): string | undefined {
  if (from.length === 0) return undefined;
  return `COPYUID ${String(uidValidity)} ${rangesText(rangesOf(from))} ${rangesText(rangesOf(to))}`;
}

function ended({ isAnyGone }: Carried, { code }: { code: string | undefined }): Tagged {
  return isAnyGone ? no('Some of the messages are gone', 'EXPUNGEISSUED') : ok('Done', code);
}
