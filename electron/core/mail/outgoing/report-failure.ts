import { MessageId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { bounceText } from '../../domain/bounce';
import { previewOf } from '../../domain/preview';
import type { Mailbox, Services } from '../mailbox';

/**
 * Puts a bounce into the inbox when a message could not be delivered: which, to what address, why, and what to do. Its
 * Message-ID is made of the delivery's id, so that one delivery has one bounce.
 */
export async function reportFailure(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
  delivery: Delivery,
): Promise<void> {
  const { summary, text } = mailbox.messages.detail(delivery.messageId);
  const { address } = mailbox.identity();
  const bounce = bounceText({ recipient: delivery.recipient, reason: delivery.reason, subject: summary.subject, text });
  const now = services.clock.now();
  const rfcMessageId = `<${delivery.id}@${address.split('@')[1] ?? ''}>`;
  await mailbox.messages.receive({
    id: MessageId.parse(services.random.uuid()),
    rfcMessageId,
    threadId: summary.threadId,
    references: [],
    folder: 'inbox',
    from: address,
    to: [address],
    cc: [],
    bcc: [],
    ...bounce,
    preview: previewOf(bounce.text),
    date: now,
    storedAt: now,
    size: bounce.text.length,
    protection: 'own',
    protectionReason: 'own',
    attachments: [],
    raw: new TextEncoder().encode(plainMessage({ address, rfcMessageId, now, bounce })),
  });
}

/** The bounce as RFC 5322 text, for saving; it never leaves this machine. */
function plainMessage(o: {
  address: string;
  rfcMessageId: string;
  now: number;
  bounce: { subject: string; text: string };
}): string {
  const subject = `=?utf-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(o.bounce.subject.slice(0, 500))))}?=`;
  return [
    `From: ${o.address}`,
    `To: ${o.address}`,
    `Message-ID: ${o.rfcMessageId}`,
    `Date: ${new Date(o.now).toUTCString().replace('GMT', '+0000')}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    o.bounce.text.replaceAll('\n', '\r\n'),
  ].join('\r\n');
}
