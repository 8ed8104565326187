import { DeliveryId, MessageId, type MailAddress } from '../../../../shared/ids';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { controlText } from '../../domain/control/control-text';
import { controlTopic } from '../../domain/control/control-topic';
import { DELIVERY_LIFETIME_MS } from '../../domain/limits';
import { dayTime } from '../../domain/published-time';
import { onionOf } from '../../domain/mail-address';
import type { NewControl } from '../../ports/storage/custody-records';
import type { Mailbox, Owned, Services } from '../mailbox';

type ControlTo = {
  readonly to: MailAddress;
  readonly control: ControlMessage;
  /** Milliseconds until its delivery is given up; absent: as long as mail. */
  readonly lifetimeMs?: number;
};

/**
 * Queues a control message: signed, sealed and delivered as any mail, and shown in no folder. Dated to the day: many
 * are made by a timer, for all identities at once. It replaces an older one
 * on the same topic, unless that is being sent.
 */
export function sendControl(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'control' | 'changes'> & Owned,
  o: ControlTo,
): void {
  mailbox.control.queue(makeControl(services, mailbox, o));
  mailbox.changes.queued();
}

/**
 * A control message that the caller queues in one commit with the change it reports. The caller wakes the outbox after
 * that.
 */
export function makeControl(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Owned,
  { to, control, lifetimeMs = DELIVERY_LIFETIME_MS }: ControlTo,
): NewControl {
  const now = services.clock.now();
  return {
    messageId: MessageId.parse(services.random.uuid()),
    deliveryId: DeliveryId.parse(services.random.uuid()),
    rfcMessageId: `<${services.random.uuid()}@${onionOf(mailbox.identity().address)}>`,
    to,
    ...controlText(control),
    control,
    topic: controlTopic(control),
    date: dayTime({ now }),
    expiresAt: now + lifetimeMs,
  };
}
