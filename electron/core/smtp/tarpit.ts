import { MAX_TARPIT_MS, TARPIT_STEP_MS } from '../domain/limits';
import type { Clock } from '../ports/runtime';

/** Milliseconds that a refusal waits after so many earlier ones on the same connection. */
export const tarpitWait = (earlier: number): number => Math.min(earlier * TARPIT_STEP_MS, MAX_TARPIT_MS);

/**
 * Holds back one reply of a connection, and the command after it, so that a peer that tries names or floods waits
 * longer each time. Other connections do not wait: a held reply costs a timer.
 */
export class Tarpit {
  readonly #clock: Clock;
  #reply: (() => void) | undefined;
  #next: (() => void) | undefined;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives the reply after `milliseconds`; one that is held already goes first. */
  hold(milliseconds: number, reply: () => void): void {
    this.flush();
    if (milliseconds === 0) return reply();
    this.#reply = reply;
    this.#cancel = this.#clock.setTimer(milliseconds, () => this.#release());
  }

  /** Runs the next command, now or once the reply before it is out. A parser hands over one at a time. */
  after(next: () => void): void {
    if (this.#reply) this.#next = next;
    else next();
  }

  /** Gives what is held back at once, and forgets the command after it: the connection is about to end. */
  flush(): void {
    const reply = this.#reply;
    this.drop();
    reply?.();
  }

  /** Forgets what is held back. */
  drop(): void {
    this.#cancel();
    this.#reply = undefined;
    this.#next = undefined;
  }

  #release(): void {
    const next = this.#next;
    this.flush();
    next?.();
  }
}
