import { OnionHost } from '../../shared/ids';
import { facts, receipt } from '../../electron/core/custody/testing/facts';
import { packHeldEnvelope } from '../../electron/core/custody/pack-envelope';
import { buildInner } from '../../electron/core/mime/build/build-inner';
import { writeCard } from '../../electron/core/mime/cards/write-card';
import { markEnvelope } from '../../electron/core/mime/envelope/custody-mark';
import { wrapHeldEnvelope } from '../../electron/core/mime/envelope/wrap-envelope';
import { wrapSealed } from '../../electron/core/mime/envelope/wrap-sealed';
import { encodeArmor } from '../../electron/core/pgp/packets/armor';
import type { OutgoingMessage } from '../../electron/core/ports/mime';
import type { ControlMessage } from '../../shared/wire/control-message';
import { countingRandom } from '../fixtures/counting-random';
import { NOW, reader } from '../fixtures/reader';
import { foreignLetters, pages } from './foreign-letters';
import { servedSeeds } from './served-seeds';
import type { Seeds } from './seeds';

const random = countingRandom();
const armored = Buffer.from(encodeArmor('PGP PUBLIC KEY BLOCK', reader.publicKey)).toString('latin1');
const sealed = encodeArmor('PGP MESSAGE', reader.publicKey);
const onion = OnionHost.parse(reader.address.slice(reader.address.lastIndexOf('@') + 1));

const message: OutgoingMessage = {
  messageId: `<7f0c2f1e-0000-4000-8000-000000000000@${onion}>`,
  date: NOW,
  from: reader.address,
  to: [reader.address],
  cc: [],
  bcc: [],
  subject: 'Grüße 🎺',
  text: 'Hello,\n\n> quoted\n\nhow are you?\n',
  references: [],
  attachments: [],
  keyBlock: armored,
};
const file = { filename: 'Übersicht.pdf', contentType: 'application/pdf', content: Uint8Array.of(37, 80, 68, 70) };

/** Made by our own writers, or as other programs write. */
export async function mailSeeds(): Promise<Seeds> {
  return {
    letter: { ...(await ownLetters()), ...foreignLetters },
    'served-message': servedSeeds,
    'html-text': pages,
    'sealed-message': outerSeeds(),
    'envelope-facts': {
      small: packHeldEnvelope({ facts: facts(), raw: Buffer.from('x') }),
      letter: packHeldEnvelope({ facts: facts({ outstanding: [] }), raw: await buildInner(message, random) }),
    },
    vcard: cardSeeds(),
    'control-message': controlSeeds(),
    'smtp-session': smtpSeeds(),
  };
}

async function ownLetters(): Promise<Record<string, Uint8Array>> {
  const references = [`<one@${onion}>`, `<two@${onion}>`];
  return {
    plain: await buildInner(message, random),
    files: await buildInner({ ...message, attachments: [file, { ...file, filename: 'carol.asc' }] }, random),
    answer: await buildInner({ ...message, inReplyTo: `<one@${onion}>`, references, cc: [reader.address] }, random),
    moved: await buildInner({ ...message, notices: { movedTo: reader.address, scanCode: 'A'.repeat(22) } }, random),
    gossip: await buildInner(
      { ...message, gossip: [{ address: reader.address, publicKey: reader.publicKey }] },
      random,
    ),
    receipt: await buildInner({ ...message, control: controls['receipt'] as ControlMessage }, random),
    note: await buildInner({ ...message, control: controls['hold-end'] as ControlMessage }, random),
  };
}

function outerSeeds(): Record<string, Uint8Array> {
  const held = wrapHeldEnvelope({ to: reader.address, date: NOW, sealed, random });
  return {
    sealed: wrapSealed({ message, sealed, random }),
    envelope: held,
    marked: markEnvelope({ held, receipt: { ...receipt, holder: onion }, left: 2 }),
  };
}

function cardSeeds(): Record<string, string> {
  const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
  const address = `EMAIL:${reader.address}`;
  return {
    ours: writeCard({
      name: 'Bob; the, “Builder”',
      addresses: [reader.address],
      key: reader.publicKey.subarray(0, 60),
    }),
    three: card('VERSION:3.0', 'N:Builder;Bob;;;', 'FN:Bob', `item1.${address}`, 'KEY;ENCODING=b;TYPE=PGP:xjMEXg4='),
    two: card('VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=', ' =C3=B6rg', 'EMAIL;PREF:a@b'),
    agent: card('VERSION:2.1', 'FN:Bob', address, 'AGENT:', 'BEGIN:VCARD', 'EMAIL:eve@x', 'END:VCARD'),
    many: card('VERSION:4.0', 'FN:One', address).repeat(3),
  };
}

const at = { messageId: message.messageId, at: NOW };
const agreementId = '7f0c2f1e-0000-4000-8000-000000000000';
const terms = { maxBytes: 1_000_000, maxMessages: 10, maxMessageBytes: 100_000, days: 14 };
const controls: Readonly<Record<string, unknown>> = {
  receipt: { kind: 'receipt', action: 'delivered', ...at },
  'hold-end': { kind: 'hold.end', agreementId },
  'hold-answer': { kind: 'hold.answer', agreementId, signature: 'A'.repeat(86) },
  'hold-tokens': { kind: 'hold.tokens', agreementId, issuedAt: NOW, hashes: 'AAAA' },
  'hold-expired': { kind: 'hold.expired', agreementId, count: 2, since: NOW },
  'hold-card': { kind: 'hold.card', card: { issuedAt: NOW, tokenSeed: 'AAAA', holders: [{ onion, until: NOW }] } },
  missing: { kind: 'missing', messageIds: [message.messageId], holder: onion },
  door: { kind: 'door', issuedAt: NOW, door: { onion, authKey: 'AAAA', signature: 'A'.repeat(86) } },
  'hold-ask': {
    kind: 'hold.ask',
    signature: 'A'.repeat(86),
    agreement: { id: agreementId, client: reader.address, holder: reader.address, terms, from: NOW, until: NOW + 1 },
  },
};

function controlSeeds(): Record<string, string> {
  const notes = Object.entries(controls).map(([name, control]) => [name, JSON.stringify(control)]);
  const original = `Message-ID: ${message.messageId}\n`;
  return {
    ...(Object.fromEntries(notes) as Record<string, string>),
    'report-delivered': `Reporting-MTA: dns; ${onion}\n\nFinal-Recipient: rfc822; ${reader.address}\nAction: delivered\nStatus: 2.0.0\nX-Posthorn-At: ${String(NOW)}\n@@\n${original}`,
    'report-read': `Final-Recipient: rfc822; ${reader.address}\nOriginal-${original}Disposition: automatic-action/MDN-sent-automatically; displayed\nX-Posthorn-At: ${String(NOW)}\n`,
  };
}

function smtpSeeds(): Record<string, string> {
  const bob = `bob@${'b'.repeat(56)}.onion`;
  const head = `EHLO ${onion}\r\nMAIL FROM:<${reader.address}> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<${bob}>\r\n`;
  return {
    mail: `${head}DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n`,
    two: `${head}DATA\r\nx\r\n.\r\n${head}DATA\r\ny\r\n.\r\nQUIT\r\n`,
    refused: `HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nVRFY x\r\nNOOP\r\nRSET\r\nHELP\r\nQUIT\r\n`,
    queue: `EHLO ${onion}\r\nETRN ${onion}\r\nETRN @x\r\nSTARTTLS\r\nAUTH PLAIN\r\nBDAT 3 LAST\r\nabc`,
    nobody: `EHLO x\r\nMAIL FROM:<>\r\nMAIL FROM:<x> SIZE=99999999999\r\nDATA\r\n.\r\n`,
    smuggled: `${head}DATA\r\nx\n.\nMAIL FROM:<${reader.address}>`,
  };
}
