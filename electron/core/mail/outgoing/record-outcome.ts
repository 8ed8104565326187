import type { Delivery } from '../../../../shared/message';
import { isFinished, judgeTry, type SendOutcome } from '../../domain/delivery-outcome';
import { LONGEST_WAIT_MS } from '../../domain/retry-schedule';
import { reportFailure } from './report-failure';
import type { Mailbox, Services } from '../mailbox';

/**
 * Writes down what one try came to. Of a failure the person is told first: the note is kept once however often it is
 * written, so that a crash between the two writes costs neither. What was cancelled meanwhile stays cancelled, unless
 * the recipient turns out to have the message.
 */
export async function recordOutcome(
  services: Pick<Services, 'clock' | 'random' | 'mime'>,
  mailbox: Pick<Mailbox, 'messages' | 'outbox' | 'identity'>,
  { delivery, outcome }: { delivery: Delivery; outcome: SendOutcome },
): Promise<void> {
  const isSettled = (): boolean => outcome.outcome !== 'delivered' && isFinished(mailbox.outbox.delivery(delivery.id));
  if (isSettled()) return;
  const attempts = delivery.attempts + 1;
  const now = services.clock.now();
  // As it is now: a holder may have signed during this very try, which prolongs it.
  const change = judgeTry({
    delivery: mailbox.outbox.delivery(delivery.id),
    attempts,
    outcome,
    now,
    triedMs: triedMs(mailbox, delivery, now),
    fraction: services.random.fraction(),
  });
  // A note speaks for a program; nobody waits for news of it.
  const isControlMessage = mailbox.outbox.enclosures(delivery.messageId)?.control !== undefined;
  if (change.state === 'failed' && !isControlMessage)
    await reportFailure(services, mailbox, { ...delivery, reason: change.reason });
  if (!isSettled()) mailbox.outbox.changeDelivery(delivery.id, change);
}

/**
 * The running time of all tries so far: what the clock has jumped over since the last one counts as one wait at most.
 */
function triedMs(mailbox: Pick<Mailbox, 'outbox'>, { id }: Delivery, now: number): number {
  const { ms, at } = mailbox.outbox.tryTime(id);
  return ms + (at === undefined ? 0 : Math.min(Math.max(0, now - at), LONGEST_WAIT_MS));
}
