import type { Delivery, DeliveryReason } from '../../../shared/message';
import type { DeliveryChange, SendOutcome } from '../ports';
import { nextTry } from './retry-schedule';

const OFFLINE_REASONS: readonly DeliveryReason[] = ['offline', 'timed-out', 'no-mail-service', 'interrupted', 'busy', 'key-not-certified'];

/**
 * What a try means for its delivery. `attempts` includes this try. A temporary failure past the delivery's lifetime is
 * final, with the reason `expired`.
 */
export function judgeTry(o: {
  delivery: Delivery;
  attempts: number;
  outcome: SendOutcome;
  now: number;
  fraction: number;
}): DeliveryChange {
  const { attempts, now, outcome } = o;
  if (outcome.outcome === 'delivered') return { state: 'delivered', reason: 'none', attempts, deliveredAt: now };
  if (outcome.outcome === 'refused') return { state: 'failed', reason: outcome.reason, attempts };
  const nextTryAt = nextTry({ now, attempts, expiresAt: o.delivery.expiresAt, fraction: o.fraction });
  if (nextTryAt === undefined) return { state: 'failed', reason: 'expired', attempts };
  const reason = OFFLINE_REASONS.includes(outcome.reason) ? outcome.reason : 'offline';
  return { state: 'recipient-offline', reason, attempts, nextTryAt };
}

/** Nothing more will happen to this delivery by itself. */
export function isFinished(delivery: Pick<Delivery, 'state'>): boolean {
  return delivery.state === 'delivered' || delivery.state === 'failed' || delivery.state === 'cancelled';
}
