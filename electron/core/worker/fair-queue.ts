/**
 * What waits, by the party it belongs to. Parties take turns, so that one who asks for much waits behind nobody but
 * delays each other party by one piece of work at a time.
 */
export class FairQueue<T> {
  readonly #parties = new Map<string, T[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(party: string, item: T): void {
    const waiting = this.#parties.get(party);
    if (waiting) waiting.push(item);
    else this.#parties.set(party, [item]);
    this.#length += 1;
  }

  /** The oldest of the party whose turn it is, or undefined when nothing waits. */
  take(): T | undefined {
    const [turn] = this.#parties;
    if (!turn) return undefined;
    const [party, [item, ...others]] = turn;
    this.#parties.delete(party);
    if (others.length > 0) this.#parties.set(party, others);
    this.#length -= 1;
    return item;
  }

  /** Everything that waits; nothing does any more. */
  takeAll(): T[] {
    const all = [...this.#parties.values()].flat();
    this.#parties.clear();
    this.#length = 0;
    return all;
  }
}
