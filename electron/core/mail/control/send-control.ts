import { DeliveryId, MessageId, type MailAddress } from '../../../../shared/ids';
import type { ControlMessage } from '../../../../shared/control-message';
import { controlText } from '../../domain/control/control-text';
import { controlTopic } from '../../domain/control/control-topic';
import { DELIVERY_LIFETIME_MS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import type { NewControl } from '../../ports/custody-store';
import type { Mailbox, Services } from '../mailbox';

type ControlTo = {
  readonly to: MailAddress;
  readonly control: ControlMessage;
  /** Milliseconds that it is tried for; absent: as long as mail. */
  readonly lifetimeMs?: number;
};

/**
 * Queues what one program tells another: signed, sealed and delivered as any mail, and shown in no folder. An older
 * note about the same gives way.
 */
export function sendControl(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity' | 'mail' | 'changes'>,
  o: ControlTo,
): void {
  mailbox.mail.queueControl(makeControl(services, mailbox, o));
  mailbox.changes.queued();
}

/** A note that is to be queued in one commit with what it tells of. Wake the outbox after it. */
export function makeControl(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity'>,
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
    date: now,
    expiresAt: now + lifetimeMs,
  };
}
