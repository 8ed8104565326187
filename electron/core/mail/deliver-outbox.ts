import { PosthornError } from '../../../shared/errors';
import type { DeliveryId, MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import { isFinished, judgeTry } from '../domain/delivery-outcome';
import { MAX_PARALLEL_DELIVERIES } from '../domain/limits';
import type { Isolation, Unsubscribe } from '../ports';
import { tryDelivery } from './try-delivery';
import type { Mailbox, Services } from './services';

/** A place among the deliveries of the whole profile: `undefined` when all are taken, else a function that gives it back. */
export type DeliverySlots = { take(): (() => void) | undefined; onFree(listener: () => void): Unsubscribe };

type OutboxServices = Pick<
  Services,
  'clock' | 'random' | 'log' | 'events' | 'pgp' | 'mime' | 'onion' | 'onionKeys' | 'smtpSender' | 'keyFetcher'
>;

/** Milliseconds without any try after a fault that could not even be written down. */
const FAULT_PAUSE_MS = 60_000;

type Try = { readonly abort: AbortController; readonly ended: Promise<void> };

/**
 * Delivers what is queued in one identity's outbox, at most four at a time, each over a circuit of its own
 * (PROTOCOL.md 4). Holds no truth but which tries are under way: all else is read from the store.
 */
export class Outbox {
  readonly #underWay = new Map<DeliveryId, Try>();
  readonly #sealing = new Map<MessageId, Promise<void>>();
  /** SOCKS user name: one random name for this identity, forgotten at lock. */
  readonly #isolationUser: string;
  readonly #stopWaitingForSlots: Unsubscribe;
  #cancelTimer: Unsubscribe = () => undefined;
  #closed = false;

  constructor(
    private readonly services: OutboxServices,
    private readonly mailbox: Mailbox,
    private readonly slots: DeliverySlots,
  ) {
    this.#isolationUser = services.random.uuid();
    this.#stopWaitingForSlots = slots.onFree(() => { this.wake(); });
  }

  /** Looks for due deliveries now; called after a submit, when Tor comes up and when a retry is due. */
  wake(): void {
    if (this.#closed) return;
    const now = this.services.clock.now();
    const all = this.mailbox.mail.deliveries({ unfinishedOnly: true });
    const waiting = all.filter((delivery) => !this.#underWay.has(delivery.id));
    const due = waiting.filter((delivery) => (delivery.nextTryAt ?? 0) <= now);
    const isOnline = this.services.onion.status().phase === 'online';
    for (const delivery of due) {
      if (isOnline) this.#start(delivery);
      else markWaitingForTor(this.mailbox, delivery);
    }
    const next = Math.min(...waiting.map((delivery) => delivery.nextTryAt ?? Infinity).filter((at) => at > now));
    this.#wakeIn(next - now);
  }

  /** Tries a waiting delivery without waiting for its time; throws `delivery-unknown` when it has ended. */
  tryNow(id: DeliveryId): Delivery {
    const { attempts, state, reason } = requireUnfinished(this.mailbox, id);
    if (this.#underWay.has(id)) return this.mailbox.mail.delivery(id);
    const changed = this.mailbox.mail.changeDelivery(id, { state, reason, attempts });
    this.wake();
    return changed;
  }

  /** Gives a delivery up; throws `delivery-unknown` when it has ended. */
  cancel(id: DeliveryId): Delivery {
    const { attempts } = requireUnfinished(this.mailbox, id);
    this.#underWay.get(id)?.abort.abort();
    return this.mailbox.mail.changeDelivery(id, { state: 'cancelled', reason: 'cancelled', attempts });
  }

  /** Stops trying, breaks what is under way (its mail stays queued) and resolves when all tries have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#stopWaitingForSlots();
    for (const { abort } of this.#underWay.values()) abort.abort();
    await Promise.all([...this.#underWay.values()].map(({ ended }) => ended));
  }

  #wakeIn(milliseconds: number): void {
    this.#cancelTimer();
    if (!this.#closed && Number.isFinite(milliseconds)) {
      this.#cancelTimer = this.services.clock.setTimer(milliseconds, () => { this.wake(); });
    }
  }

  #start(delivery: Delivery): void {
    if (this.#underWay.size >= MAX_PARALLEL_DELIVERIES) return;
    const giveBack = this.slots.take();
    if (!giveBack) return;
    const abort = new AbortController();
    const ended = this.#try(delivery, abort.signal).then((recorded) => {
      this.#underWay.delete(delivery.id);
      giveBack();
      if (recorded) this.wake();
      else this.#wakeIn(FAULT_PAUSE_MS);
    });
    this.#underWay.set(delivery.id, { abort, ended });
  }

  /** Whether what came of the try could be written down. */
  async #try(delivery: Delivery, signal: AbortSignal): Promise<boolean> {
    // A new word for every try, so that it never waits on a circuit that has died under an earlier one.
    const isolation: Isolation = { user: this.#isolationUser, password: this.services.random.uuid() };
    try {
      await tryDelivery(this.services, this.mailbox, { delivery, isolation, signal, sealing: this.#sealing });
      return true;
    } catch (error) {
      this.services.log.error('delivery.try-failed', { posthorn: error instanceof PosthornError });
      return recordFault(this.services, this.mailbox, delivery);
    }
  }
}

/** A fault of our own (disk full, crypto worker died) counts as a try, so that it does not repeat at once. */
function recordFault(services: Pick<Services, 'clock' | 'random'>, mailbox: Mailbox, delivery: Delivery): boolean {
  const outcome = { outcome: 'deferred', reason: 'interrupted' } as const;
  const attempts = delivery.attempts + 1;
  const change = judgeTry({ delivery, attempts, outcome, now: services.clock.now(), fraction: services.random.fraction() });
  try {
    mailbox.mail.changeDelivery(delivery.id, change);
    return true;
  } catch {
    return false;
  }
}

function requireUnfinished(mailbox: Mailbox, id: DeliveryId): Delivery {
  const delivery = mailbox.mail.delivery(id);
  if (isFinished(delivery)) throw new PosthornError('delivery-unknown', 'This delivery has ended already.');
  return delivery;
}

function markWaitingForTor(mailbox: Mailbox, delivery: Delivery): void {
  if (delivery.state === 'waiting-for-tor') return;
  mailbox.mail.changeDelivery(delivery.id, { state: 'waiting-for-tor', reason: delivery.reason, attempts: delivery.attempts });
}
