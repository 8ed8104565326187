import type { Clock, Unsubscribe } from '../../ports/runtime';

type Alarm = { readonly at: number; readonly order: number; run: (() => void) | undefined };

/** Turns of the event loop after each alarm, and after what it began. */
const TURNS = 2;

/**
 * The time of a whole simulated world. It stands still while anything happens, and leaps to the next alarm. Alarms live
 * in a binary heap: a world has hundreds of thousands of them. Times are whole milliseconds, as everywhere.
 */
export class WorldClock implements Clock {
  #now: number;
  #order = 0;
  #underWay = 0;
  readonly #heap: Alarm[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimer(milliseconds: number, run: () => void): Unsubscribe {
    const alarm: Alarm = { at: this.#now + Math.max(0, Math.ceil(milliseconds)), order: (this.#order += 1), run };
    this.#push(alarm);
    return () => {
      alarm.run = undefined;
    };
  }

  /** Lives until `end`; resolves when all alarms before it, and what they began, have run. */
  async runUntil(end: number): Promise<void> {
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (!next.run) continue;
      this.#now = next.at;
      next.run();
      await this.settle();
    }
    this.#now = Math.max(this.#now, end);
  }

  /**
   * The world's time stands still until this work has ended: for work that takes turns of the event loop, but no time
   * of the world.
   */
  track<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    return work.finally(() => {
      this.#underWay -= 1;
    });
  }

  /** Runs all work that needs no time of the world to its end. */
  async settle(): Promise<void> {
    do {
      for (let turn = 0; turn < TURNS; turn += 1)
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
    } while (this.#underWay > 0);
  }

  #push(alarm: Alarm): void {
    const heap = this.#heap;
    let at = heap.push(alarm) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, alarm)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = alarm;
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
  }

  #sink(alarm: Alarm): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const child = this.#earlierChild(at);
      const below = heap[child];
      if (!below || isBefore(alarm, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = alarm;
  }

  #earlierChild(at: number): number {
    const left = this.#heap[2 * at + 1];
    const right = this.#heap[2 * at + 2];
    return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}

function isBefore(a: Alarm, b: Alarm): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
