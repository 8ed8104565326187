import type { CustodyId, IdentityId, OnionHost } from '../../../../../shared/ids';
import type { Unsubscribe } from '../../../ports/runtime';
import type { Services } from '../../mailbox';

/**
 * Custody ids that are remembered, to recognise an envelope that comes again. Past this number the oldest are
 * forgotten: the memory stays bounded.
 */
const MAX_REMEMBERED = 10_000;
/** Milliseconds after which a holder that hands over nothing more is not waited for. */
const STALLED_MS = 2 * 60_000;

/**
 * Counts what holders hand over after a time away: how many envelopes came, how many are left as the holders say, and
 * which came again.
 */
export class CollectProgress {
  readonly name = 'collected';
  readonly #seen = new Set<CustodyId>();
  readonly #left = new Map<OnionHost, number>();
  #done = 0;
  #cancelTimer: Unsubscribe = () => undefined;
  #closed = false;

  constructor(
    private readonly services: Pick<Services, 'clock' | 'events'>,
    private readonly identityId: IdentityId,
  ) {}

  /** One more envelope is here; true when it came before. */
  handedOver(o: { readonly custodyId: CustodyId; readonly holder: OnionHost; readonly left: number }): boolean {
    const isRepeated = this.#seen.has(o.custodyId);
    this.#remember(o.custodyId);
    this.#left.set(o.holder, o.left);
    this.#done += 1;
    this.#tell();
    return isRepeated;
  }

  /** Mail that was taken while the identity closes still counts, but its progress is shown no longer. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  #remember(id: CustodyId): void {
    this.#seen.add(id);
    if (this.#seen.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }

  #tell(): void {
    if (this.#closed) return;
    const left = [...this.#left.values()].reduce((sum, each) => sum + each, 0);
    this.#publish(this.#done + left);
    this.#cancelTimer();
    if (left === 0) this.#end();
    else
      this.#cancelTimer = this.services.clock.setTimer(STALLED_MS, () => {
        this.#publish(this.#done);
        this.#end();
      });
  }

  #publish(total: number): void {
    this.services.events.publish({
      type: 'catch-up.progressed',
      catchUp: { identityId: this.identityId, direction: 'in', done: this.#done, total },
    });
  }

  #end(): void {
    this.#done = 0;
    this.#left.clear();
  }
}
