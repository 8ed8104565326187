import type { Delivery } from '../../../../shared/message';
import { isFinished, judgeTry, type SendOutcome } from '../../domain/delivery-outcome';
import { LONGEST_WAIT_MS } from '../../domain/retry-schedule';
import { reportFailure } from './report-failure';
import type { Mailbox, Services } from '../mailbox';
import type { OutgoingMail } from './outgoing-mail';

/**
 * Stores the outcome of one try. The bounce for a failure is written first: it is kept once however often it is
 * written, so that a crash between the two writes loses neither. A cancelled delivery stays cancelled, unless the
 * recipient has the message after all.
 */
export async function recordOutcome(
  services: Pick<Services, 'clock' | 'random' | 'mime'>,
  mailbox: OutgoingMail,
  { delivery, outcome }: { delivery: Delivery; outcome: SendOutcome },
): Promise<void> {
  const isSettled = (): boolean => outcome.outcome !== 'delivered' && isFinished(mailbox.outbox.delivery(delivery.id));
  if (isSettled()) return;
  const attempts = delivery.attempts + 1;
  const now = services.clock.now();
  // Read again: a holder may have signed a receipt during this try, which prolongs the delivery.
  const change = judgeTry({
    delivery: mailbox.outbox.delivery(delivery.id),
    attempts,
    outcome,
    now,
    triedMs: triedMs(mailbox, delivery, now),
    fraction: services.random.fraction(),
  });
  // No person waits for news of a control message.
  const isControlMessage = mailbox.outbox.enclosures(delivery.messageId)?.control !== undefined;
  if (change.state === 'failed' && !isControlMessage)
    await reportFailure(services, mailbox, { ...delivery, reason: change.reason });
  if (!isSettled()) mailbox.outbox.changeDelivery(delivery.id, change);
}

/**
 * The running time of all tries so far, milliseconds. A time that the clock has jumped over since the last try counts
 * as one wait at most.
 */
function triedMs(mailbox: Pick<Mailbox, 'outbox'>, { id }: Delivery, now: number): number {
  const { ms, at } = mailbox.outbox.tryTime(id);
  return ms + (at === undefined ? 0 : Math.min(Math.max(0, now - at), LONGEST_WAIT_MS));
}
