import {
  ListBlock,
  ListChange,
  type EntryId,
  type ListGenesis,
  type MailingListId,
} from '../../../../shared/mailing-lists/mailing-list';
import { onionOf } from '../mail-address';
import { acceptanceText } from './acceptance';
import { applyChange } from './apply-change';
import type { Entry, ListCrypto } from './entry';
import { judgeEntry } from './judge-entry';
import { firstState, type ListState } from './list-state';
import { readBody } from './read-body';
import { fromWire } from './wire-entry';

export type ListIdentity = {
  readonly list: MailingListId;
  readonly genesis: ListGenesis;
  /** SHA-256 of the genesis, hex. */
  readonly genesisId: EntryId;
};

/**
 * What is agreed: the fold of the blocks that are final. **Who decides is one founder (n = 1, so q = 1), whose block is
 * final at once**: `decided` alone knows that, and the ledger of several stewards takes its place. `entries`: those of
 * the founder's ledger lane, in whatever order.
 */
export function agreedState(crypto: ListCrypto, of: ListIdentity, entries: readonly Entry[]): ListState {
  const blocks = decided(crypto, of, entries);
  let state = firstState(of.genesis, of.genesisId);
  for (;;) {
    const { round, parent } = state;
    const next = blocks.filter(({ block }) => block.round === round && block.parent === parent);
    const [only, ...rivals] = next;
    if (!only) return state;
    if (rivals.length > 0) return { ...state, isDisputed: true };
    state = afterBlock(crypto, of.list, state, only);
  }
}

type Decided = { readonly id: EntryId; readonly block: ListBlock };

function decided(crypto: ListCrypto, { genesis }: ListIdentity, entries: readonly Entry[]): readonly Decided[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'block' || entry.author !== genesis.founder.address) return [];
    const block = ListBlock.safeParse(readBody(crypto, entry.body)).data;
    return block ? [{ id: entry.id, block }] : [];
  });
}

/** A change in a final block that is not valid is passed over by all in the same way. */
function afterBlock(crypto: ListCrypto, list: MailingListId, before: ListState, { id, block }: Decided): ListState {
  let state = before;
  for (const wire of block.changes) {
    const judged = judgeEntry(crypto, list, fromWire(crypto, wire));
    if ('entry' in judged) state = afterChange(crypto, state, judged.entry) ?? state;
  }
  return { ...state, round: before.round + 1, parent: id };
}

/** The state after the change in this entry; undefined when it is none, or is not valid. */
export function afterChange(
  crypto: ListCrypto,
  state: ListState,
  entry: Pick<Entry, 'kind' | 'author' | 'list' | 'at' | 'body'>,
): ListState | undefined {
  const change = entry.kind === 'change' ? ListChange.safeParse(readBody(crypto, entry.body)).data : undefined;
  if (!change) return undefined;
  return applyChange(state, {
    by: entry.author,
    at: entry.at,
    change,
    isAccepted: isAccepted(crypto, entry.list, change),
  });
}

function isAccepted(crypto: ListCrypto, list: MailingListId, change: ListChange): boolean {
  if (change.op !== 'member.add') return false;
  const { address, acceptance } = change;
  const { signature, ...accepted } = acceptance;
  const text = acceptanceText({ ...accepted, list, address });
  return crypto.verify({ onion: onionOf(address), text, signature });
}
