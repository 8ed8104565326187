import type { MailAddress, OnionHost } from '../../../../shared/ids';

/** What a sender signs of an envelope: recipient and sender, its numbers, and the message in it (SHA-256, hex). */
export function heldEnvelopeText(o: {
  readonly recipient: MailAddress;
  readonly sender: MailAddress;
  readonly holder: OnionHost;
  readonly tokenIndex: number;
  readonly counter: number;
  readonly outstanding: readonly { readonly counter: number; readonly messageId: string }[];
  readonly digest: string;
}): string {
  return [
    'Posthorn envelope 1',
    `recipient: ${o.recipient}`,
    `sender: ${o.sender}`,
    `holder: ${o.holder}`,
    `token: ${String(o.tokenIndex)}`,
    `counter: ${String(o.counter)}`,
    ...o.outstanding.map(({ counter, messageId }) => `outstanding: ${String(counter)} ${messageId}`),
    `sha256: ${o.digest}`,
    '',
  ].join('\n');
}
