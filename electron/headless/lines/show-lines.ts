import type { Upgrade } from '../../../shared/contract/core-events';
import type { Contact } from '../../../shared/contact';
import type { Identity } from '../../../shared/identity';
import type { Delivery, MessageDetail, MessageSummary } from '../../../shared/message';
import type { TorStatus } from '../../../shared/tor-status';
import { plainLine } from '../../../shared/text/plain-line';
import { plainText } from './plain-text';

/** Local time to the minute, as `2026-01-31 18:05`. */
export function timeText(timestamp: number): string {
  const time = new Date(timestamp - new Date(timestamp).getTimezoneOffset() * 60_000);
  return time.toISOString().slice(0, 16).replace('T', ' ');
}

export function identityLine({ address, reachability, label, isPrivate }: Identity): string {
  return [address, reachability, isPrivate ? 'private' : '', plainLine(label)].filter((part) => part !== '').join('  ');
}

export function contactLine({
  address,
  name,
  keyState,
  blocked,
  sendsReadReceipts,
  learnsHolders,
  holderCount,
  isPrivate,
}: Contact): string {
  const parts = [
    address,
    keyState,
    blocked ? 'blocked' : '',
    isPrivate ? 'private' : '',
    holderCount === 0 ? '' : `${String(holderCount)} keep their mail`,
    sendsReadReceipts ? 'gets read receipts' : '',
    learnsHolders ? '' : 'does not learn who keeps your mail',
    plainLine(name),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

export function torLine({ phase, progress, summary, warning }: TorStatus): string {
  return [phase, `${progress}%`, plainLine(summary), warning ?? ''].filter((part) => part !== '').join('  ');
}

export function upgradeLine({ percent }: Upgrade): string {
  return `your mail is being brought up to date: ${percent} %`;
}

export function deliveryLine(delivery: Delivery): string {
  const { id, recipient, state, reason, attempts, nextTryAt, readAt } = delivery;
  const next = nextTryAt === undefined ? '' : `next try ${timeText(nextTryAt)}`;
  const why = reason === 'none' ? '' : `(${reason})`;
  // Copies under the key that was verified may be with holders; and what is on its way needs no advice any more.
  const isUnaccepted = reason === 'key-unaccepted' && state !== 'delivering';
  const advice = isUnaccepted ? `nothing was sent to that key; posthorn trust accept-key ${recipient}` : '';
  const read = readAt === undefined ? '' : `read ${timeText(readAt)}`;
  return [id, recipient, state, heldText(delivery), why, advice, read, `${attempts} tries`, next]
    .filter((part) => part !== '')
    .join('  ');
}

/** How many holders keep a message, and until when; empty when none does, and when it has arrived. */
function heldText({ state, heldBy, heldUntil }: Delivery): string {
  if (heldBy === undefined || ['delivered', 'failed', 'cancelled'].includes(state)) return '';
  return `kept by ${String(heldBy)}${heldUntil === undefined ? '' : ` until ${timeText(heldUntil)}`}`;
}

/** Of what another program has put here, what its header says. */
const senderText = ({ from, writtenFrom }: MessageSummary): string =>
  writtenFrom === undefined ? from : plainLine(writtenFrom) || 'unknown sender';

export function messageLine(message: MessageSummary): string {
  const { id, date, subject, seen, protection, attachmentCount, deliveries } = message;
  const marks = `${seen ? ' ' : '*'}${protection === 'unverified' ? '?' : ' '}${attachmentCount > 0 ? '+' : ' '}`;
  const held = deliveries.some(({ state }) => state === 'held') ? '  (held)' : '';
  return `${id}  ${marks}  ${timeText(date)}  ${senderText(message)}  ${plainLine(subject)}${held}`;
}

/** A message as text. `signer`: what the key that signed it is worth, in words; not said of own mail. */
export function messageLines({ summary, bcc, text, attachments }: MessageDetail, signer: string): string[] {
  const { to, cc, date, subject, protection, protectionReason, deliveries, signedBy } = summary;
  const list = (name: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${name}: ${values.join(', ')}`];
  return [
    `From: ${senderText(summary)}`,
    ...list('To', to),
    ...list('Cc', cc),
    ...list('Bcc', bcc),
    `Date: ${timeText(date)}`,
    `Subject: ${plainLine(subject)}`,
    `Protection: ${protection}${protectionReason === 'ok' || protectionReason === 'own' ? '' : ` (${protectionReason})`}`,
    ...(protection === 'own' ? [] : [`Sender: ${signer}${signedBy === undefined ? '' : ` (${signedBy})`}`]),
    ...attachments.map(
      (one, index) =>
        `Attachment ${index + 1}: ${plainLine(one.filename)} (${plainLine(one.contentType)}, ${one.size} octets)`,
    ),
    ...deliveries.map((delivery) => `Delivery: ${deliveryLine(delivery)}`),
    '',
    plainText(text),
  ];
}
