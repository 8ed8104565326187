import type { MailAddress } from '../../../../shared/ids';
import { agreedState, type ListIdentity } from './agreed-state';
import type { Entry, ListCrypto, SignedEntry } from './entry';
import type { EntryShelf } from './entry-shelf';
import { judgeEntry } from './judge-entry';
import { counts, type ListState } from './list-state';
import { placeEntry } from './place-entry';

export type Taken = {
  readonly state: ListState;
  /** New, in the order in which they were taken; without those that are kept as branches of a fork. */
  readonly entries: readonly Entry[];
  /** Authors of logs that were found to fork. */
  readonly forked: readonly MailAddress[];
  /** Something before an entry is missing, or its author is not known to be a member: whoever sent it is asked. */
  readonly lacks: boolean;
  /** Entries that no member may send: they are not asked for again. */
  readonly refused: number;
};

type Taking = {
  readonly of: ListIdentity;
  readonly crypto: ListCrypto;
  readonly shelf: EntryShelf;
  readonly now: number;
  /** What was agreed before; it is computed anew for each new block only. */
  readonly state: ListState;
};

/**
 * Takes a batch: the ledger first, so that a member's first post counts in the batch that brings their membership, and
 * each log ascending. What was taken is on the shelf when it returns.
 */
export function takeEntries(o: Taking, signed: readonly SignedEntry[]): Taken {
  const judged = signed.map((one) => judgeEntry(o.crypto, o.of.list, one));
  const entries = judged.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const sorted = [...entries].sort((one, other) => laneOrder(one) - laneOrder(other) || one.number - other.number);
  const taken = new Batch(o);
  for (const entry of sorted) taken.take(entry);
  return taken.result(judged.length - entries.length);
}

const laneOrder = ({ lane }: Entry): number => (lane === 'ledger' ? 0 : 1);

/** What is agreed by the entries on a shelf. */
export function stateOn({ of, crypto, shelf }: Omit<Taking, 'now' | 'state'>): ListState {
  const { address } = of.genesis.founder;
  const logs = shelf.logs().filter(({ author, lane }) => author === address && lane === 'ledger');
  return agreedState(
    crypto,
    of,
    logs.flatMap((log) => [...shelf.entries({ ...log, from: 0 })]),
  );
}

class Batch {
  readonly #entries: Entry[] = [];
  readonly #forked = new Set<MailAddress>();
  #state: ListState;
  #lacks = false;
  #refused = 0;

  constructor(private readonly o: Taking) {
    this.#state = o.state;
  }

  take(entry: Entry): void {
    // A stranger may be a member of whom we have not heard; one who is cut off is not.
    if (!counts(this.#state, entry)) {
      if (this.#state.gone.has(entry.author)) this.#refused += 1;
      else this.#lacks = true;
      return;
    }
    const { shelf, now } = this.o;
    const placing = placeEntry(shelf, { entry, state: this.#state, now });
    if (placing.place === 'refused') this.#refused += 1;
    if (placing.place === 'gap') this.#lacks = true;
    if (placing.place === 'branch') this.#keep(entry, placing.head, true);
    if (placing.place === 'next') this.#keep(entry, placing.head, false);
  }

  #keep(entry: Entry, head: Parameters<EntryShelf['put']>[0]['head'], isBranch: boolean): void {
    this.o.shelf.put({ entry, head, isBranch });
    if (isBranch) this.#forked.add(entry.author);
    else this.#entries.push(entry);
    // Nobody else's blocks decide anything, and folding all of them costs much.
    const isDecision = entry.kind === 'block' && entry.author === this.o.of.genesis.founder.address;
    if (isDecision) this.#state = stateOn(this.o);
  }

  result(faulty: number): Taken {
    return {
      state: this.#state,
      entries: this.#entries,
      forked: [...this.#forked],
      lacks: this.#lacks,
      refused: this.#refused + faulty,
    };
  }
}
