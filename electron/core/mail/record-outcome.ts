import type { Delivery } from '../../../shared/message';
import { isFinished, judgeTry } from '../domain/delivery-outcome';
import type { SendOutcome } from '../ports';
import { reportFailure } from './report-failure';
import type { Mailbox, Services } from './services';

/**
 * Writes down what one try came to. Of a failure the person is told first: the note is kept once however often it is
 * written, so that a crash between the two writes costs neither. What was cancelled meanwhile stays cancelled, unless the
 * recipient turns out to have the message.
 */
export async function recordOutcome(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity' | 'mail'>,
  { delivery, outcome }: { delivery: Delivery; outcome: SendOutcome },
): Promise<void> {
  const isSettled = (): boolean => outcome.outcome !== 'delivered' && isFinished(mailbox.mail.delivery(delivery.id));
  if (isSettled()) return;
  const attempts = delivery.attempts + 1;
  const change = judgeTry({ delivery, attempts, outcome, now: services.clock.now(), fraction: services.random.fraction() });
  if (change.state === 'failed') await reportFailure(services, mailbox, { ...delivery, reason: change.reason });
  if (!isSettled()) mailbox.mail.changeDelivery(delivery.id, change);
}
