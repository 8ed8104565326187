import { PosthornError } from '../../../../shared/errors';
import type { DeliveryId, MailAddress, OnionHost } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { isFinished, type SendOutcome } from '../../domain/delivery-outcome';
import { MAX_PARALLEL_DELIVERIES, MAX_PARALLEL_DELIVERIES_TO_ONE } from '../../domain/limits';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import { isDue, LONGEST_WAIT_MS } from '../../domain/retry-schedule';
import type { Isolation } from '../../ports/onion';
import type { Unsubscribe } from '../../ports/runtime';
import type { DeliverySlots } from '../delivery-slots';
import type { OutgoingMail } from './outgoing-mail';
import { SendProgress } from './send-progress';
import { isGone, recordFault } from './record-fault';
import { waitingFor } from './waiting-for';
import type { Mailbox, Services } from '../mailbox';

type OutboxServices = Pick<Services, 'clock' | 'random' | 'log' | 'events' | 'mime' | 'onion'>;

/** Milliseconds without any try after a fault that could not be written to the store. */
export const FAULT_PAUSE_MS = 60_000;

/** What one try is about; `signal` breaks it off. */
export type Attempt = { readonly delivery: Delivery; readonly isolation: Isolation; readonly signal: AbortSignal };

type Try = { readonly to: OnionHost; readonly abort: AbortController; readonly ended: Promise<void> };

/**
 * Delivers the queued mail of one identity, at most four deliveries at a time, each over a circuit of its own
 * (PROTOCOL.md 4). Remembers only which tries are under way; everything else is read from the store.
 */
export class Deliverer {
  readonly name = 'outbox';
  readonly #underWay = new Map<DeliveryId, Try>();
  /** Deliveries by which it is found out whether their recipient is online. */
  readonly #first = new Set<DeliveryId>();
  /** SOCKS user name: one random name for this identity, forgotten at lock. */
  readonly #isolationUser: string;
  readonly #stopWaitingForSlots: Unsubscribe;
  readonly #progress: SendProgress;
  /** Unfinished deliveries of mail, without control messages, when the outbox last looked. */
  #shown: ReadonlySet<DeliveryId> = new Set();
  #cancelTimer: Unsubscribe = () => undefined;
  /** Set while nothing is tried because the store could not be written; the pause ends by a timer. */
  #cancelPause: Unsubscribe | undefined;
  #closed = false;

  constructor(
    private readonly services: OutboxServices,
    private readonly mailbox: OutgoingMail,
    private readonly o: {
      readonly slots: DeliverySlots;
      /** One try of one delivery, with its outcome written down. */
      readonly attempt: (o: Attempt) => Promise<SendOutcome>;
      /** The person wants something sent now. */
      readonly wanted: () => void;
      readonly seenOnline: (address: MailAddress) => void;
    },
  ) {
    this.#isolationUser = services.random.uuid();
    this.#progress = new SendProgress(services, mailbox.identity().id);
    this.#stopWaitingForSlots = o.slots.onFree(() => {
      this.startDue();
    });
  }

  /**
   * Looks for due deliveries now; called after a submit, when Tor comes up and when a retry is due. Never throws: what
   * was submitted is committed, and a full disk must not look like a failed submit.
   */
  startDue(): void {
    if (this.#closed || this.#cancelPause) return;
    try {
      this.#beginDue();
    } catch (error) {
      this.services.log.error('outbox.not-read', { posthorn: error instanceof PosthornError });
      this.#pause();
    }
  }

  /** The person wants a waiting delivery tried now, before its time. Throws `delivery-unknown` when it has ended. */
  tryNow(id: DeliveryId): Delivery {
    this.o.wanted();
    return this.#hasten(id);
  }

  #hasten(id: DeliveryId): Delivery {
    const { attempts, state, reason } = requireUnfinished(this.mailbox, id);
    if (this.#underWay.has(id)) return this.mailbox.outbox.delivery(id);
    const changed = this.mailbox.outbox.changeDelivery(id, { state, reason, attempts });
    this.#endPause();
    this.startDue();
    return changed;
  }

  /**
   * Tor is back, or the person wants it: tries at once what failed while Tor was going, and mail to recipients who have
   * come online meanwhile. Never throws: a delivery whose time cannot be written keeps it.
   */
  wake(): void {
    try {
      for (const { id, nextTryAt } of this.mailbox.outbox.deliveries({ unfinishedOnly: true, withControl: true }))
        if (nextTryAt !== undefined) this.#hasten(id);
    } catch (error) {
      this.services.log.error('outbox.not-hurried', { posthorn: error instanceof PosthornError });
    }
    this.startDue();
  }

  /**
   * The recipient sent news of a delivery: stops the try when the delivery has ended, otherwise tries now. Never
   * throws.
   */
  hurry(id: DeliveryId): void {
    try {
      if (isFinished(this.mailbox.outbox.delivery(id))) this.#underWay.get(id)?.abort.abort();
      else this.#hasten(id);
    } catch (error) {
      // A control message whose delivery has ended is deleted.
      this.services.log.info('delivery.not-hurried', { posthorn: error instanceof PosthornError });
      this.#underWay.get(id)?.abort.abort();
    }
  }

  /**
   * The owner of this address is said to be online: tries the newest mail that waits for them, and the rest when they
   * answer it, whatever they say of that one. Never throws.
   */
  hurryTo(address: MailAddress): void {
    this.#hurryThose(address, ([newest]) => {
      if (newest === undefined) return [];
      this.#first.add(newest);
      return [newest];
    });
  }

  #hurryThose(address: MailAddress, choose: (waiting: DeliveryId[]) => DeliveryId[]): void {
    if (this.#closed) return;
    try {
      for (const id of choose(waitingFor(this.mailbox, address))) this.hurry(id);
    } catch (error) {
      this.services.log.error('outbox.not-read', { posthorn: error instanceof PosthornError });
    }
  }

  /** Cancels a delivery and the try under way. Throws `delivery-unknown` when it has ended. */
  cancel(id: DeliveryId): Delivery {
    const { attempts } = requireUnfinished(this.mailbox, id);
    const cancelled = this.mailbox.outbox.changeDelivery(id, {
      state: 'cancelled',
      reason: 'cancelled',
      attempts,
      at: this.services.clock.now(),
    });
    this.#underWay.get(id)?.abort.abort();
    return cancelled;
  }

  /** Stops trying, breaks off the tries under way (their mail stays queued) and resolves when all have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#endPause();
    this.#stopWaitingForSlots();
    for (const { abort } of this.#underWay.values()) abort.abort();
    await Promise.all([...this.#underWay.values()].map(({ ended }) => ended));
  }

  #beginDue(): void {
    const now = this.services.clock.now();
    // Newest first: mail that was just written matters more than mail that has waited for weeks.
    const all = this.mailbox.outbox.deliveries({ unfinishedOnly: true, withControl: true }).reverse();
    const waiting = all.filter((delivery) => !this.#underWay.has(delivery.id));
    const isOnline = this.services.onion.status().phase === 'online';
    const due = waiting.filter(({ nextTryAt }) => isDue({ nextTryAt, now }));
    if (isOnline) this.#tellProgress([...due.map(({ id }) => id), ...this.#underWay.keys()]);
    for (const delivery of due) {
      if (isOnline) this.#start(delivery);
      else markWaitingForTor(this.mailbox, delivery);
    }
    const next = Math.min(...waiting.map((delivery) => delivery.nextTryAt ?? Infinity).filter((at) => at > now));
    this.#wakeIn(next - now);
  }

  /** Tells the progress of mail only: control messages do not concern the person. */
  #tellProgress(ids: readonly DeliveryId[]): void {
    this.#shown = new Set(this.mailbox.outbox.deliveries({ unfinishedOnly: true }).map(({ id }) => id));
    this.#progress.expect(ids.filter((id) => this.#shown.has(id)).length);
  }

  #wakeIn(milliseconds: number): void {
    this.#cancelTimer();
    if (!this.#closed && Number.isFinite(milliseconds)) {
      this.#cancelTimer = this.services.clock.setTimer(Math.min(milliseconds, LONGEST_WAIT_MS), () => {
        this.startDue();
      });
    }
  }

  #pause(): void {
    this.#endPause();
    if (this.#closed) return;
    this.#cancelPause = this.services.clock.setTimer(FAULT_PAUSE_MS, () => {
      this.#cancelPause = undefined;
      this.startDue();
    });
  }

  #endPause(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
  }

  #start(delivery: Delivery): void {
    const to = onionOf(delivery.recipient);
    if (this.#underWay.size >= MAX_PARALLEL_DELIVERIES || this.#countTo(to) >= MAX_PARALLEL_DELIVERIES_TO_ONE) return;
    const giveBack = this.o.slots.take();
    if (!giveBack) return;
    const abort = new AbortController();
    const ended = this.#try(delivery, abort.signal).then((recorded) => {
      this.#underWay.delete(delivery.id);
      if (this.#shown.has(delivery.id)) this.#progress.done();
      // Before the slot is given back, which wakes this outbox too: it would begin the same try at once, for ever.
      if (!recorded) this.#pause();
      giveBack();
      this.startDue();
    });
    this.#underWay.set(delivery.id, { to, abort, ended });
  }

  #countTo(onion: OnionHost): number {
    return [...this.#underWay.values()].filter(({ to }) => to === onion).length;
  }

  /** Whether the outcome of the try could be written to the store. */
  async #try(delivery: Delivery, signal: AbortSignal): Promise<boolean> {
    // A new password for every try, so that it never waits on a circuit that died under an earlier try.
    const isolation: Isolation = { user: this.#isolationUser, password: this.services.random.uuid() };
    try {
      const outcome = await this.o.attempt({ delivery, isolation, signal });
      if (outcome.outcome === 'delivered') this.o.seenOnline(delivery.recipient);
      const isFirst = this.#first.delete(delivery.id);
      // An answer about this message alone shows that the recipient is there as well; the others do not wait for it.
      if (outcome.outcome === 'delivered' || (isFirst && outcome.about === 'message'))
        this.#hurryThose(mailboxOf(delivery.recipient), (waiting) => waiting.filter((id) => id !== delivery.id));
      return true;
    } catch (error) {
      // What a cancel or a lock broke off is no fault, and a cancelled delivery must not come back to life.
      if (signal.aborted || isGone(this.mailbox, delivery.id)) return true;
      this.services.log.error('delivery.try-failed', { posthorn: error instanceof PosthornError });
      return recordFault(this.services, this.mailbox, delivery);
    }
  }
}

function requireUnfinished(mailbox: Pick<Mailbox, 'outbox'>, id: DeliveryId): Delivery {
  const delivery = mailbox.outbox.delivery(id);
  if (isFinished(delivery)) throw new PosthornError('delivery-unknown', 'This delivery has ended already.');
  return delivery;
}

function markWaitingForTor(mailbox: Pick<Mailbox, 'outbox'>, delivery: Delivery): void {
  if (delivery.state === 'waiting-for-tor') return;
  mailbox.outbox.changeDelivery(delivery.id, {
    state: 'waiting-for-tor',
    reason: delivery.reason,
    attempts: delivery.attempts,
  });
}
