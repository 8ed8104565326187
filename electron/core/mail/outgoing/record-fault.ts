import { PosthornError } from '../../../../shared/errors';
import type { DeliveryId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import type { Mailbox, Services } from '../mailbox';
import type { OutgoingMail } from './outgoing-mail';
import { recordOutcome } from './record-outcome';

/**
 * A control message that gave way to a newer one while it was tried: whatever step missed it, no fault of ours stops
 * the outbox for it.
 */
export function isGone(mailbox: Pick<Mailbox, 'outbox'>, id: DeliveryId): boolean {
  try {
    mailbox.outbox.delivery(id);
    return false;
  } catch (error) {
    return error instanceof PosthornError && error.code === 'delivery-unknown';
  }
}

/**
 * A fault of our own (disk full, crypto worker died) counts as a try, so that it does not repeat at once. Answers
 * whether it could be written to the store.
 */
export async function recordFault(
  services: Pick<Services, 'clock' | 'random' | 'mime'>,
  mailbox: OutgoingMail,
  delivery: Delivery,
): Promise<boolean> {
  try {
    await recordOutcome(services, mailbox, { delivery, outcome: { outcome: 'deferred', reason: 'interrupted' } });
    return true;
  } catch {
    return false;
  }
}
