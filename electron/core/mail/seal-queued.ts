import type { MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import { mailboxOf } from '../domain/mail-address';
import { isFinished } from '../domain/delivery-outcome';
import type { OutgoingMessage, PublicKeyBlock, QueuedMessage } from '../ports';
import type { Mailbox, Services } from './services';

type SealServices = Pick<Services, 'clock' | 'pgp' | 'mime'>;
type Sealable = { readonly delivery: Delivery; readonly publicKey: PublicKeyBlock };

/**
 * Signs and seals a queued message for every recipient whose key is known by now and keeps the final bytes, which all
 * retries resend. To and Cc share one sealed message; each Bcc gets a copy of its own that alone names them.
 */
export async function sealQueued(services: SealServices, mailbox: Mailbox, messageId: MessageId): Promise<void> {
  const queued = mailbox.mail.queued(messageId);
  const sealable = unsealedWithKey(mailbox, messageId);
  const isHidden = (item: Sealable): boolean => queued.bcc.includes(item.delivery.recipient);
  const open = sealable.filter((item) => !isHidden(item));
  if (open.length > 0) await sealFor(services, mailbox, { queued, items: open, bcc: [] });
  for (const item of sealable.filter(isHidden)) {
    await sealFor(services, mailbox, { queued, items: [item], bcc: [item.delivery.recipient] });
  }
}

function unsealedWithKey(mailbox: Mailbox, messageId: MessageId): Sealable[] {
  return mailbox.mail.deliveries({ unfinishedOnly: true }).flatMap((delivery) => {
    if (delivery.messageId !== messageId || isFinished(delivery) || mailbox.mail.sealed(delivery.id)) return [];
    const contact = mailbox.mail.contact(mailboxOf(delivery.recipient));
    const isUsable = contact?.keyState === 'certified' || contact?.keyState === 'changed';
    return isUsable && contact.publicKey ? [{ delivery, publicKey: contact.publicKey }] : [];
  });
}

async function sealFor(
  services: SealServices,
  mailbox: Mailbox,
  o: { queued: QueuedMessage; items: readonly Sealable[]; bcc: OutgoingMessage['bcc'] },
): Promise<void> {
  const { keys, address } = mailbox.identity();
  const message: OutgoingMessage = {
    ...withoutStoreFields(o.queued),
    messageId: o.queued.rfcMessageId,
    from: address,
    bcc: o.bcc,
    keyBlock: await services.pgp.armorPublicKey(keys.publicKey),
  };
  const content = await services.mime.buildInner(message);
  const sealed = await services.pgp.seal({
    content,
    secretKey: keys.secretKey,
    recipients: [...o.items.map((item) => item.publicKey), keys.publicKey],
    now: services.clock.now(),
  });
  const raw = services.mime.wrapSealed({ message, sealed });
  mailbox.mail.putSealed({ messageId: o.queued.messageId, deliveryIds: o.items.map((item) => item.delivery.id), raw });
}

function withoutStoreFields({ rfcMessageId: _id, messageId: _row, ...message }: QueuedMessage): Omit<QueuedMessage, 'rfcMessageId' | 'messageId'> {
  return message;
}
