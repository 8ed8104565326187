import { MessageId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { bounceText } from '../../domain/bounce';
import { onionOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import type { Services } from '../mailbox';
import type { OutgoingMail } from './outgoing-mail';

/**
 * Puts a bounce into the inbox when a message could not be delivered: which, to what address, why, and what to do. Its
 * Message-ID is made of the delivery's id, so that one delivery has one bounce.
 */
export async function reportFailure(
  services: Pick<Services, 'clock' | 'random' | 'mime'>,
  mailbox: Omit<OutgoingMail, 'outbox'>,
  delivery: Delivery,
): Promise<void> {
  const { summary, text } = mailbox.messages.detail(delivery.messageId);
  const failed = mailbox.messages.reference({ messageId: delivery.messageId });
  const { address } = mailbox.identity();
  const bounce = bounceText({ recipient: delivery.recipient, reason: delivery.reason, subject: summary.subject, text });
  const now = services.clock.now();
  const rfcMessageId = `<${delivery.id}@${onionOf(address)}>`;
  const raw = services.mime.buildBounce({ ...bounce, mailbox: address, messageId: rfcMessageId, date: now });
  await mailbox.messages.receive({
    id: MessageId.parse(services.random.uuid()),
    rfcMessageId,
    threadId: summary.threadId,
    // Its conversation may become part of another before it is stored; by this it finds it.
    references: failed === undefined ? [] : [failed.rfcMessageId],
    folder: 'inbox',
    from: address,
    to: [address],
    cc: [],
    bcc: [],
    ...bounce,
    preview: previewOf(bounce.text),
    date: now,
    storedAt: now,
    size: raw.byteLength,
    protection: 'own',
    protectionReason: 'own',
    attachments: [],
    raw,
  });
}
