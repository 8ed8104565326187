import type { Delivery, DeliveryReason, DeliveryState } from '../../../shared/message';
import type { ReplyAbout } from './reply-about';
import { nextTry } from './retry-schedule';

/** What one try over the wire came to. */
export type SendOutcome =
  /** `reply`: the text of the 250 that ended it, where the peer gave one. */
  | { readonly outcome: 'delivered'; readonly reply?: string }
  | {
      readonly outcome: 'deferred';
      readonly reason: DeliveryReason;
      /** What the peer's reply is about; absent when it gave none that can be used. */
      readonly about?: ReplyAbout;
      /** What stood in the way is out of it. */
      readonly again?: 'at-once';
    }
  | {
      readonly outcome: 'refused';
      readonly reason: DeliveryReason;
      readonly code: number;
      readonly about?: ReplyAbout;
      /** What the sender may do about it: see whether the recipient, or we ourselves, have another key by now. */
      readonly remedy?: 'their-key' | 'our-key';
    };

/** What is written down after a try. */
export type DeliveryChange = {
  readonly state: DeliveryState;
  readonly reason: DeliveryReason;
  readonly attempts: number;
  readonly nextTryAt?: number;
  readonly deliveredAt?: number;
  /** Running time spent on tries, and when the last was: see `Outbox.tryTime`. */
  readonly tried?: { readonly ms: number; readonly at: number };
  /** The time for the history; when absent `deliveredAt`, else the time of the try, else that of the last entry. */
  readonly at?: number;
};

const OFFLINE_REASONS: readonly DeliveryReason[] = [
  'offline',
  'timed-out',
  'no-mail-service',
  'interrupted',
  'busy',
  'key-not-certified',
  'key-changed',
  'key-unaccepted',
];

/**
 * What a try means for its delivery. `attempts` includes this try. A temporary failure past the delivery's lifetime is
 * final, with the reason `expired`.
 */
export function judgeTry(o: {
  delivery: Delivery;
  attempts: number;
  outcome: SendOutcome;
  now: number;
  /** Running time that it has been tried for, this try included. */
  triedMs: number;
  fraction: number;
}): DeliveryChange {
  const { attempts, now, outcome } = o;
  const tried = { ms: o.triedMs, at: now };
  if (outcome.outcome === 'delivered') return { state: 'delivered', reason: 'none', attempts, deliveredAt: now };
  if (outcome.outcome === 'refused') return { state: 'failed', reason: outcome.reason, attempts, at: now };
  // What was just mended is tried once more, also when the delivery's time is up: it happens a few times at most.
  const nextTryAt =
    outcome.again === 'at-once'
      ? now
      : nextTry({ now, attempts, expiresAt: o.delivery.expiresAt, triedMs: o.triedMs, fraction: o.fraction });
  if (nextTryAt === undefined)
    return { state: 'failed', reason: reasonAtTheEnd(o.delivery, outcome.reason), attempts, at: now };
  const reason = OFFLINE_REASONS.includes(outcome.reason) ? outcome.reason : 'offline';
  const state = reason === 'key-unaccepted' ? 'waiting-for-key' : 'recipient-offline';
  return { state, reason, attempts, nextTryAt, tried };
}

function reasonAtTheEnd({ heldBy }: Delivery, last: DeliveryReason): DeliveryReason {
  if (heldBy !== undefined) return 'unconfirmed';
  return last === 'key-unaccepted' ? last : 'expired';
}

/** Whether a delivery is over: it is not tried again. */
export function isFinished(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state === 'delivered' || delivery.state === 'failed' || delivery.state === 'cancelled';
}
