import type { Contact } from '../../shared/contact';
import type { Identity } from '../../shared/identity';
import type { Delivery, MessageDetail, MessageSummary } from '../../shared/message';
import type { TorStatus } from '../../shared/tor-status';
import { plainLine, plainText } from './plain-text';

/** Local time to the minute, as `2026-01-31 18:05`. */
export function timeText(timestamp: number): string {
  const time = new Date(timestamp - new Date(timestamp).getTimezoneOffset() * 60_000);
  return time.toISOString().slice(0, 16).replace('T', ' ');
}

export function identityLine({ address, reachability, label }: Identity): string {
  return [address, reachability, plainLine(label)].join('  ').trimEnd();
}

export function contactLine({ address, name, keyState, blocked }: Contact): string {
  return [address, keyState, blocked ? 'blocked' : '', plainLine(name)].filter((part) => part !== '').join('  ');
}

export function torLine({ phase, progress, summary, warning }: TorStatus): string {
  return [phase, `${progress}%`, plainLine(summary), warning ?? ''].filter((part) => part !== '').join('  ');
}

export function deliveryLine({ id, recipient, state, reason, attempts, nextTryAt }: Delivery): string {
  const next = nextTryAt === undefined ? '' : `next try ${timeText(nextTryAt)}`;
  const why = reason === 'none' ? '' : `(${reason})`;
  return [id, recipient, state, why, `${attempts} tries`, next].filter((part) => part !== '').join('  ');
}

export function messageLine({ id, date, from, subject, seen, protection, attachmentCount }: MessageSummary): string {
  const marks = `${seen ? ' ' : '*'}${protection === 'unverified' ? '?' : ' '}${attachmentCount > 0 ? '+' : ' '}`;
  return `${id}  ${marks}  ${timeText(date)}  ${from}  ${plainLine(subject)}`;
}

export function messageLines({ summary, bcc, text, attachments }: MessageDetail): string[] {
  const { from, to, cc, date, subject, protection, protectionReason, deliveries } = summary;
  const list = (name: string, values: readonly string[]): string[] => (values.length === 0 ? [] : [`${name}: ${values.join(', ')}`]);
  return [
    `From: ${from}`,
    ...list('To', to),
    ...list('Cc', cc),
    ...list('Bcc', bcc),
    `Date: ${timeText(date)}`,
    `Subject: ${plainLine(subject)}`,
    `Protection: ${protection}${protectionReason === 'ok' || protectionReason === 'own' ? '' : ` (${protectionReason})`}`,
    ...attachments.map((one, index) => `Attachment ${index + 1}: ${plainLine(one.filename)} (${plainLine(one.contentType)}, ${one.size} octets)`),
    ...deliveries.map((delivery) => `Delivery: ${deliveryLine(delivery)}`),
    '',
    plainText(text),
  ];
}
