import type { Unsubscribe } from '../../../ports/runtime';
import type { Mailbox } from '../../mailbox';
import { deposit, type Undelivered } from './deposit';
import { HOLDER_PATIENCE_MS } from '../../../domain/custody-limits';

type DepositServices = Parameters<typeof deposit>[0];

/**
 * Leaves a message with holders beside a direct try that tor has not answered for a while: it may take more than a
 * minute until tor tells that somebody is away, and the sender may be gone by then. A direct try that gets through
 * after all ends it.
 */
export class DepositMeanwhile {
  readonly #abort = new AbortController();
  readonly #cancelTimer: Unsubscribe;
  readonly #abortToo = (): void => {
    this.#abort.abort();
  };
  #leaving: Promise<void> | undefined;

  constructor(
    private readonly services: DepositServices,
    private readonly mailbox: Mailbox,
    private readonly undelivered: Undelivered,
  ) {
    undelivered.signal.addEventListener('abort', this.#abortToo);
    this.#cancelTimer = services.clock.setTimer(HOLDER_PATIENCE_MS, () => {
      // What goes wrong is told to whoever waits for it.
      this.leave().catch(() => undefined);
    });
  }

  /** The direct try has an answer: nothing is begun any more unless `leave` is called. */
  answered(): void {
    this.#cancelTimer();
  }

  /** Resolves when copies are left, or nobody takes any more. */
  leave(): Promise<void> {
    this.#cancelTimer();
    if (this.undelivered.signal.aborted) return Promise.resolve();
    this.#leaving ??= deposit(this.services, this.mailbox, {
      ...this.undelivered,
      signal: this.#abort.signal,
    });
    return this.#leaving;
  }

  /** Breaks off what is still under way. Never throws. */
  async end(): Promise<void> {
    this.#cancelTimer();
    this.undelivered.signal.removeEventListener('abort', this.#abortToo);
    this.#abort.abort();
    await this.#leaving?.catch(() => undefined);
  }
}
