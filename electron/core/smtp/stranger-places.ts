import { BUSY_RECEIVING } from '../domain/limits';
import { chooseSlowest, type Progress } from './choose-who-gives-way';

/**
 * The places in which mail of unknown senders is received and unsealed, BUSY_RECEIVING of them. Mail of people we
 * expect needs none, so a flood of first mail cannot stand in its way.
 */
export class StrangerPlaces<T extends { progress(): Progress }> {
  readonly #taken = new Set<T>();
  readonly #sendAway: (slow: T) => void;

  constructor(sendAway: (slow: T) => void) {
    this.#sendAway = sendAway;
  }

  /** Whether there is a place for one more; a peer that only holds one gives way. */
  makeRoom(): boolean {
    if (this.#taken.size < BUSY_RECEIVING) return true;
    const slowest = chooseSlowest(this.#taken, (each) => each.progress());
    if (slowest === undefined) return false;
    this.#taken.delete(slowest);
    this.#sendAway(slowest);
    return true;
  }

  take(taker: T): void {
    this.#taken.add(taker);
  }

  give(taker: T): void {
    this.#taken.delete(taker);
  }
}
