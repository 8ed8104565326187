import { PosthornError } from '../../../shared/errors';
import type { DeliveryId, MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import { isFinished, judgeTry } from '../domain/delivery-outcome';
import { MAX_PARALLEL_DELIVERIES } from '../domain/limits';
import type { Isolation, Unsubscribe } from '../ports';
import { tryDelivery } from './try-delivery';
import type { Mailbox, Services } from './services';

export type Outbox = {
  /** Looks for due deliveries now; called after a submit, when Tor comes up and when a retry is due. */
  wake(): void;
  tryNow(id: DeliveryId): Delivery;
  cancel(id: DeliveryId): Delivery;
  /** Stops trying, breaks what is under way (its mail stays queued) and resolves when all tries have ended. */
  close(): Promise<void>;
};

/** A place among the deliveries of the whole profile: `undefined` when all are taken, else a function that gives it back. */
export type DeliverySlots = { take(): (() => void) | undefined; onFree(listener: () => void): Unsubscribe };

type OutboxServices = Pick<
  Services,
  'clock' | 'random' | 'log' | 'events' | 'pgp' | 'mime' | 'onion' | 'onionKeys' | 'smtpSender' | 'keyFetcher'
>;

/** Milliseconds without any try after a fault that could not even be written down. */
const FAULT_PAUSE_MS = 60_000;

/**
 * Delivers what is queued in one identity's outbox, at most four at a time, each over a circuit of its own
 * (PROTOCOL.md 4). Holds no truth but which tries are under way: all else is read from the store.
 */
export function createOutbox(services: OutboxServices, mailbox: Mailbox, slots: DeliverySlots): Outbox {
  const underWay = new Map<DeliveryId, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  const isolate = isolationOf(services);
  const sealing = new Map<MessageId, Promise<void>>();
  let cancelTimer: Unsubscribe = () => undefined;
  let closed = false;

  const wake = (): void => {
    if (closed) return;
    cancelTimer();
    const now = services.clock.now();
    const waiting = mailbox.mail.deliveries({ unfinishedOnly: true }).filter((delivery) => !underWay.has(delivery.id));
    const due = waiting.filter((delivery) => (delivery.nextTryAt ?? 0) <= now);
    if (services.onion.status().phase === 'online') due.forEach(start);
    else due.forEach((delivery) => { markWaitingForTor(mailbox, delivery); });
    setTimer(waiting, now);
  };

  const setTimer = (waiting: readonly Delivery[], now: number): void => {
    const next = Math.min(...waiting.map((delivery) => delivery.nextTryAt ?? Infinity).filter((at) => at > now));
    if (Number.isFinite(next)) cancelTimer = services.clock.setTimer(next - now, wake);
  };

  const pause = (): void => {
    cancelTimer();
    if (!closed) cancelTimer = services.clock.setTimer(FAULT_PAUSE_MS, wake);
  };

  const start = (delivery: Delivery): void => {
    if (underWay.size >= MAX_PARALLEL_DELIVERIES) return;
    const giveBack = slots.take();
    if (!giveBack) return;
    const abort = new AbortController();
    const ended = tryDelivery(services, mailbox, { delivery, isolation: isolate(), signal: abort.signal, sealing })
      .catch((error: unknown) => {
        services.log.error('delivery.try-failed', { posthorn: error instanceof PosthornError });
        return recordFault(services, mailbox, delivery);
      })
      .then((recorded) => {
        underWay.delete(delivery.id);
        giveBack();
        if (recorded === 'unrecorded') pause();
        else wake();
      });
    underWay.set(delivery.id, { abort, ended });
  };

  const stopWaitingForSlots = slots.onFree(wake);
  return {
    wake,
    tryNow: (id) => {
      const { attempts, state, reason } = requireUnfinished(mailbox, id);
      if (underWay.has(id)) return mailbox.mail.delivery(id);
      const changed = mailbox.mail.changeDelivery(id, { state, reason, attempts });
      wake();
      return changed;
    },
    cancel: (id) => {
      const { attempts } = requireUnfinished(mailbox, id);
      underWay.get(id)?.abort.abort();
      return mailbox.mail.changeDelivery(id, { state: 'cancelled', reason: 'cancelled', attempts });
    },
    close: async () => {
      closed = true;
      cancelTimer();
      stopWaitingForSlots();
      for (const { abort } of underWay.values()) abort.abort();
      await Promise.all([...underWay.values()].map(({ ended }) => ended));
    },
  };
}

/** A fault of our own (disk full, crypto worker died) counts as a try, so that it does not repeat at once. */
function recordFault(services: Pick<Services, 'clock' | 'random'>, mailbox: Mailbox, delivery: Delivery): 'recorded' | 'unrecorded' {
  const outcome = { outcome: 'deferred', reason: 'interrupted' } as const;
  const attempts = delivery.attempts + 1;
  const change = judgeTry({ delivery, attempts, outcome, now: services.clock.now(), fraction: services.random.fraction() });
  try {
    mailbox.mail.changeDelivery(delivery.id, change);
    return 'recorded';
  } catch {
    return 'unrecorded';
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

/**
 * SOCKS credentials: one random name for this identity, forgotten at lock, and a new word for every try, so that a try never
 * waits on a circuit that has died under an earlier one.
 */
function isolationOf(services: Pick<Services, 'random'>): () => Isolation {
  const user = services.random.uuid();
  return () => ({ user, password: services.random.uuid() });
}
