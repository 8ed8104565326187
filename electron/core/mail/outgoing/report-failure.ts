import { MessageId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { bounceText } from '../../domain/bounce';
import { onionOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import type { Mailbox, Services } from '../mailbox';

/**
 * Puts a note into the inbox when a message could not be delivered: what, to whom, why, and what to do. One delivery
 * has one note, by the Message-ID that is made of its own id.
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
  const rfcMessageId = `<${delivery.id}@${onionOf(address)}>`;
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

/** The note as RFC 5322 text, for saving; it never leaves this machine. */
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
