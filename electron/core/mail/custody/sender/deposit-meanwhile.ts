import type { Unsubscribe } from '../../../ports/runtime';
import type { Mailbox } from '../../mailbox';
import { deposit, type Undelivered } from './deposit';
import { HOLDER_PATIENCE_MS } from '../../../domain/custody-limits';

type DepositServices = Parameters<typeof deposit>[0];

/**
 * Leaves a message with holders while tor does not answer a direct try: tor may need more than a minute to tell that
 * the recipient is away, and the sender may be gone by then. A direct try that gets through after all ends it.
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
      // A later call of `leave` gets the same promise, and with it the fault.
      this.leave().catch(() => undefined);
    });
  }

  /** The direct try has an answer: holders are asked no longer, unless `leave` is called. */
  answered(): void {
    this.#cancelTimer();
  }

  /** Resolves when copies are left, or no holder takes any more. */
  leave(): Promise<void> {
    this.#cancelTimer();
    if (this.undelivered.signal.aborted) return Promise.resolve();
    this.#leaving ??= deposit(this.services, this.mailbox, {
      ...this.undelivered,
      signal: this.#abort.signal,
    });
    return this.#leaving;
  }

  /** Stops what is still under way. Never throws. */
  async end(): Promise<void> {
    this.#cancelTimer();
    this.undelivered.signal.removeEventListener('abort', this.#abortToo);
    this.#abort.abort();
    await this.#leaving?.catch(() => undefined);
  }
}
