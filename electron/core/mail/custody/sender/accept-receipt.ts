import type { DeliveryId } from '../../../../../shared/ids';
import type { ControlMessage } from '../../../../../shared/wire/control-message';
import { present } from '../../../../../shared/present';
import { isFinished } from '../../../domain/delivery-outcome';
import type { Mailbox } from '../../mailbox';
import type { ReceivedControl, ControlServices } from '../../control/control-message';
import { LIAR_REST_MS } from '../../../domain/custody-limits';

type Of<K extends ControlMessage['kind']> = ReceivedControl<Extract<ControlMessage, { kind: K }>>;

/** The recipient’s machine says that it has a message. Counts only for messages that were sent to this contact. */
export function acceptReceipt(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'outbox' | 'custody' | 'changes'>,
  { contact, control }: Of<'receipt'>,
): void {
  const deliveryId = mailbox.custody.asSender.deliveryOf({
    rfcMessageId: control.messageId,
    recipient: contact.address,
  });
  if (deliveryId === undefined || control.action !== 'delivered') return;
  const delivery = mailbox.outbox.delivery(deliveryId);
  if (delivery.state === 'delivered' || delivery.state === 'cancelled') return;
  const at = services.clock.now();
  mailbox.outbox.addHistory({ deliveryId, at, kind: 'delivered' });
  mailbox.outbox.changeDelivery(deliveryId, {
    state: 'delivered',
    reason: 'none',
    attempts: delivery.attempts,
    deliveredAt: at,
  });
  mailbox.changes.delivery(deliveryId);
}

/** The recipient has read a message; recorded once, and only for a message that was sent to this contact. */
export function acceptReadReceipt(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'outbox' | 'custody'>,
  { contact, control }: Of<'read'>,
): void {
  const deliveryId = mailbox.custody.asSender.deliveryOf({
    rfcMessageId: control.messageId,
    recipient: contact.address,
  });
  if (deliveryId === undefined || mailbox.outbox.delivery(deliveryId).readAt !== undefined) return;
  // By our clock, because theirs may be wrong: a message is not read before it is sent, nor later than now.
  mailbox.outbox.recordRead({ deliveryId, at: services.clock.now() });
}

/**
 * A holder signed for messages and did not hand them over: they go to another holder, and this one is not used for a
 * while.
 */
export function acceptMissing(
  services: ControlServices,
  mailbox: Pick<Mailbox, 'outbox' | 'custody' | 'changes'>,
  { contact, control }: Of<'missing'>,
): void {
  const ids = control.messageIds.map((rfcMessageId) =>
    mailbox.custody.asSender.deliveryOf({ rfcMessageId, recipient: contact.address }),
  );
  const open = ids.filter((id): id is DeliveryId => id !== undefined && !isFinished(mailbox.outbox.delivery(id)));
  const { holder } = control;
  const at = services.clock.now();
  const isTheirs =
    holder !== undefined &&
    open.some((id) => mailbox.custody.asSender.custodies(id).some((custody) => custody.holder === holder));
  for (const deliveryId of open) {
    mailbox.outbox.addHistory({ deliveryId, at, kind: 'missing', ...present({ holder }) });
    if (holder !== undefined) mailbox.custody.asSender.settleCustody({ deliveryId, holder });
  }
  if (isTheirs) mailbox.custody.asSender.restHolder({ contactId: contact.id, holder, until: at + LIAR_REST_MS });
  for (const deliveryId of open) mailbox.changes.delivery(deliveryId);
}
