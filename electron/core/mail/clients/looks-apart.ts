import { jittered } from '../../domain/published-time';
import { MINUTE_MS } from '../../domain/time';
import type { Unsubscribe } from '../../ports/runtime';
import type { Services } from '../mailbox';

/**
 * Looks after onions about once a minute, each at a time of its own: a folder of sockets goes with the session of its
 * user, nobody would listen while everything looks well, and onions that came back in one moment would be known for one
 * machine's.
 */
export class LooksApart<Id extends string> {
  readonly #timers = new Map<Id, Unsubscribe>();

  constructor(
    private readonly services: Pick<Services, 'clock' | 'random'>,
    /** Never rejects. */
    private readonly look: (id: Id) => Promise<void>,
  ) {}

  /** Looks after this one from now on, once where it is looked after already. */
  begin(id: Id): void {
    this.#timers.get(id)?.();
    const wait = jittered({ milliseconds: MINUTE_MS, fraction: this.services.random.fraction() });
    const cancel = this.services.clock.setTimer(wait, () => void this.#lookAndGoOn(id, cancel));
    this.#timers.set(id, cancel);
  }

  end(id: Id): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  endAll(): void {
    for (const id of this.#timers.keys()) this.end(id);
  }

  /** Not when it was ended, or begun anew, meanwhile. */
  async #lookAndGoOn(id: Id, timer: Unsubscribe): Promise<void> {
    await this.look(id);
    if (this.#timers.get(id) === timer) this.begin(id);
  }
}
