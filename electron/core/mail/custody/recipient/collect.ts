import { PosthornError } from '../../../../../shared/errors';
import { DIAL_TIMEOUT_MS } from '../../../domain/limits';
import { jittered } from '../../../domain/published-time';
import { onionOf } from '../../../domain/mail-address';
import type { Agreement } from '../../../ports/storage/custody-records';
import type { Unsubscribe } from '../../../ports/runtime';
import type { DeliverySlots } from '../../delivery-slots';
import { SMTP_PORT } from '../../presence/onion-ports';
import type { Mailbox, Services } from '../../mailbox';
import { dialHost } from '../../contacts/dial-host';
import { COLLECT_EVERY_MS, MAX_HELD_MS } from '../../../domain/custody-limits';

type CollectServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'smtpSender'>;

/**
 * Milliseconds until a holder that could not be reached is asked once more. A holder that comes online later hands over
 * by itself.
 */
const AGAIN_MS = 5 * 60_000;

/**
 * Asks holders to hand over what they keep (ETRN, RFC 1985): when this identity comes online, now and then, and when
 * the person wants it. A holder whose agreement has ended is still asked for a while: what it held then is ours.
 */
export class Collector {
  readonly name = 'collector';
  readonly #abort = new AbortController();
  readonly #stopWaitingForSlots: Unsubscribe;
  readonly #due = new Set<Agreement['id']>();
  readonly #underWay = new Map<Agreement['id'], Promise<void>>();
  /** Holders that were asked a second time in this round, or will be. */
  readonly #second = new Map<Agreement['id'], Unsubscribe>();
  #cancelTimer: Unsubscribe = () => undefined;
  #isOut = false;

  constructor(
    private readonly services: CollectServices,
    private readonly mailbox: Mailbox,
    private readonly slots: DeliverySlots,
  ) {
    this.#stopWaitingForSlots = slots.onFree(() => {
      this.#begin();
    });
  }

  /**
   * This identity has come online: asks every holder now, and from now on at intervals. No holder is asked before.
   * Never throws.
   */
  collect(): void {
    if (this.#abort.signal.aborted) return;
    this.#isOut = true;
    this.#forgetSecond();
    this.#begin(() => {
      for (const { id } of this.#holders()) this.#due.add(id);
    });
    this.#later();
  }

  /**
   * Asks every holder now, unless this identity is offline: nothing could be handed over to it, and the question would
   * show that it is there.
   */
  wake(): void {
    if (this.#isOut) this.collect();
  }

  /** Starts or stops asking, as the identity comes online or goes offline. */
  online(isOnline: boolean): void {
    if (isOnline) this.collect();
    else this.rest();
  }

  /** This identity has gone offline, for example because its owner wants to appear so: stops asking. */
  rest(): void {
    this.#isOut = false;
    this.#cancelTimer();
    this.#forgetSecond();
    this.#due.clear();
  }

  /** Stops asking, and resolves when the questions under way have ended. */
  async close(): Promise<void> {
    this.#abort.abort();
    this.rest();
    this.#stopWaitingForSlots();
    await Promise.all(this.#underWay.values());
  }

  #holders(): Agreement[] {
    const now = this.services.clock.now();
    return this.mailbox.custody.agreements
      .all()
      .filter(
        (each) =>
          each.role === 'client' && mayHold(each, now) && this.mailbox.contacts.find(each.peer)?.blocked !== true,
      );
  }

  #later(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.services.clock.setTimer(this.#jittered(COLLECT_EVERY_MS), () => {
      this.collect();
    });
  }

  /**
   * Asks this holder alone, and once: the others have answered, and a holder that is away for hours is not dialled all
   * the time.
   */
  #askAgain(id: Agreement['id']): void {
    if (this.#second.has(id)) return;
    const ask = (): void => {
      this.#due.add(id);
      this.#begin();
    };
    this.#second.set(id, this.services.clock.setTimer(this.#jittered(AGAIN_MS), ask));
  }

  #forgetSecond(): void {
    for (const cancel of this.#second.values()) cancel();
    this.#second.clear();
  }

  #jittered(milliseconds: number): number {
    return jittered({ milliseconds, fraction: this.services.random.fraction() });
  }

  /** A holder that cannot be read from the store now is asked in the next round. */
  #begin(choose: () => void = () => undefined): void {
    try {
      choose();
      this.#fill();
    } catch (error) {
      this.services.log.error('holders.not-asked', { posthorn: error instanceof PosthornError });
    }
  }

  #fill(): void {
    if (this.#abort.signal.aborted || this.#due.size === 0 || this.services.onion.status().phase !== 'online') return;
    for (const agreement of this.#holders().filter(({ id }) => this.#due.has(id) && !this.#underWay.has(id))) {
      const giveBack = this.slots.take();
      if (!giveBack) return;
      this.#due.delete(agreement.id);
      const asking = this.#ask(agreement).finally(() => {
        this.#underWay.delete(agreement.id);
        giveBack();
      });
      this.#underWay.set(agreement.id, asking);
    }
  }

  async #ask({ id, peer }: Agreement): Promise<void> {
    const { clock, onion, random, smtpSender, log } = this.services;
    const isolation = { user: random.uuid(), password: random.uuid() };
    try {
      const outcome = await smtpSender.requestQueueRun({
        node: onionOf(this.mailbox.identity().address),
        dial: () =>
          onion.dial({ host: dialHost(this.mailbox, peer), port: SMTP_PORT, isolation, timeoutMs: DIAL_TIMEOUT_MS }),
        signal: this.#abort.signal,
      });
      if (this.#abort.signal.aborted) return;
      if (outcome === 'asked') this.mailbox.custody.agreements.change(id, { reachedAt: clock.now() });
      else this.#askAgain(id);
    } catch (error) {
      log.error('holder.not-asked', { posthorn: error instanceof PosthornError });
    }
  }
}

/**
 * False for a holder whose agreement ended longer ago than any envelope is held: it has nothing for us, and need not go
 * on hearing when we are online.
 */
function mayHold({ state, endedAt }: Agreement, now: number): boolean {
  return state === 'active' || (state === 'ended' && now - (endedAt ?? 0) < MAX_HELD_MS);
}
