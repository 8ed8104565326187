import type { NumberRanges } from '../grammar/sequence-set';

/** The messages of a selected mailbox as one client knows them: the place of a UID is its sequence number. */
export class MailboxView {
  #uids: number[];

  /** `uids`: ascending. */
  constructor(uids: readonly number[]) {
    this.#uids = [...uids];
  }

  get count(): number {
    return this.#uids.length;
  }

  /** 0 when there is none. */
  get largestUid(): number {
    return this.#uids.at(-1) ?? 0;
  }

  all(): readonly number[] {
    return this.#uids;
  }

  /** The sequence number, from 1. */
  numberOf(uid: number): number | undefined {
    const index = firstFrom(this.#uids, uid);
    return this.#uids[index] === uid ? index + 1 : undefined;
  }

  /** UIDs by sequence numbers; undefined when one of them is larger than there are messages. */
  uidsByNumbers(ranges: NumberRanges): number[] | undefined {
    if ((ranges.at(-1)?.to ?? 0) > this.#uids.length) return undefined;
    return ranges.flatMap(({ from, to }) => this.#uids.slice(from - 1, to));
  }

  /** Those of the UIDs that are there. */
  uidsIn(ranges: NumberRanges): number[] {
    return ranges.flatMap(({ from, to }) =>
      this.#uids.slice(firstFrom(this.#uids, from), firstFrom(this.#uids, to + 1)),
    );
  }

  /** Takes new messages; what it has already is left aside. Answers whether there were any. */
  add(uids: readonly number[]): boolean {
    const fresh = uids.filter((uid) => uid > this.largestUid);
    for (const uid of fresh) this.#uids.push(uid);
    return fresh.length > 0;
  }

  /**
   * Takes messages out. Answers those that were there, and their sequence numbers, largest first: so each number is
   * right when its EXPUNGE is read.
   */
  remove(uids: readonly number[]): { readonly uids: number[]; readonly numbers: number[] } {
    const gone = new Set(uids);
    const numbers = this.#uids.flatMap((uid, index) => (gone.has(uid) ? [index + 1] : []));
    const removed = numbers.map((number) => this.#uids[number - 1] ?? 0);
    if (numbers.length > 0) this.#uids = this.#uids.filter((uid) => !gone.has(uid));
    return { uids: removed, numbers: numbers.reverse() };
  }
}

/** The index of the first that is not smaller. */
function firstFrom(uids: readonly number[], uid: number): number {
  let low = 0;
  let high = uids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((uids[middle] ?? 0) < uid) low = middle + 1;
    else high = middle;
  }
  return low;
}
