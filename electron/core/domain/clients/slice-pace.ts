import { TURN_MS } from '../client-limits';

/**
 * How many of many are done in one turn of the core's thread. It learns from the time that each slice takes, so that no
 * machine, disk or kind of mail makes a turn long: the window and all connections wait for its end.
 */
export class SlicePace {
  #size: number;

  /**
   * `now`: milliseconds of a clock that never goes back. `first`, `most` and `least`: of one slice. What ends with a
   * commit waits for the disk each time, however little it does. Of that so many are done at once as fit into a turn
   * where nothing waits: else a slow disk would see a commit for each message.
   */
  constructor(
    private readonly o: {
      readonly now: () => number;
      readonly first: number;
      readonly most: number;
      readonly least?: number;
    },
  ) {
    this.#size = o.first;
  }

  /** How many to do next. */
  get size(): number {
    return this.#size;
  }

  /** All of them in slices, each as large as it should be when its turn comes. */
  *slices<T>(all: readonly T[]): Generator<readonly T[]> {
    for (let at = 0; at < all.length;) {
      const slice = all.slice(at, at + this.#size);
      yield slice;
      at += slice.length;
    }
  }

  /** Does a slice of so many, and learns from it; answers what `work` answers. */
  measured<T>(count: number, work: () => T): T {
    const begun = this.o.now();
    const done = work();
    if (count > 0) this.#learn(count, this.o.now() - begun);
    return done;
  }

  /** One fast slice may be luck, so a size at most doubles. */
  #learn(count: number, milliseconds: number): void {
    const fitting = Math.floor((count * TURN_MS) / Math.max(milliseconds, 0.001));
    const most = Math.min(this.o.most, Math.max(this.#size, 2 * count));
    this.#size = Math.max(this.o.least ?? 1, Math.min(fitting, most));
  }
}
