import { controlText } from '../../electron/core/domain/control/control-text';
import { buildInner } from '../../electron/core/mime/build/build-inner';
import { parseInner } from '../../electron/core/mime/parse/parse-inner';
import type { OutgoingMessage } from '../../electron/core/ports/mime';
import type { ControlMessage } from '../../shared/wire/control-message';
import { claimOneLine, claimSame } from '../oracles/claims';
import { countingRandom } from '../fixtures/counting-random';
import { NOW, reader } from '../fixtures/reader';
import { octetTextOf } from '../oracles/texts';

/**
 * Messages from program to program do things without being asked: they are taken in one form only, and whatever is
 * taken is what was meant. The octets are those of the note, and of the fields of a report.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  for (const letter of [note(data), ...reports(octetTextOf(data))]) {
    const control = await controlIn(letter);
    if (control !== undefined) await checkControl(control);
  }
}

async function checkControl(control: ControlMessage): Promise<void> {
  const { subject, text } = controlText(control);
  claimOneLine(subject, 'the subject of a control message');
  const again = await buildInner({ ...blank, subject, text, control }, countingRandom());
  claimSame(await controlIn(again), control, 'a control message does not come back');
}

async function controlIn(letter: Uint8Array): Promise<ControlMessage | undefined> {
  const read = await Promise.resolve(parseInner(letter));
  return read.outcome === 'parsed' ? read.control : undefined;
}

const blank: OutgoingMessage = {
  messageId: `<7f0c2f1e-0000-4000-8000-000000000000@example.onion>`,
  date: NOW,
  from: reader.address,
  to: [reader.address],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  references: [],
  attachments: [],
  keyBlock: '',
};

const head = (type: string): string =>
  [
    `From: ${reader.address}`,
    `To: ${reader.address}`,
    'Date: Sun, 17 May 2026 10:20:30 +0000',
    `Message-ID: ${blank.messageId}`,
    'MIME-Version: 1.0',
    'Posthorn-Note: 1',
    `Content-Type: ${type}`,
    '',
    '',
  ].join('\r\n');

const MIXED = head('multipart/mixed; boundary=outer');
const part = (type: string, body: string, boundary: string): string =>
  `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;

function note(data: Uint8Array): Uint8Array {
  const body = Buffer.from(data).toString('base64').replace(/.{76}/gu, '$&\r\n');
  const json = `application/vnd.posthorn.note+json\r\nContent-Transfer-Encoding: base64`;
  return Buffer.from(`${MIXED}${part('text/plain', 'x', 'outer')}${part(json, body, 'outer')}--outer--\r\n`, 'latin1');
}

/** Both kinds of report; a line `@@` parts what goes into the second part of them and what into the third. */
function reports(text: string): Uint8Array[] {
  const [status = '', original = ''] = text.replaceAll(/\r?\n|\r/gu, '\r\n').split('@@\r\n');
  const receipt = `${part('message/delivery-status', status, 'inner')}${part('text/rfc822-headers', original, 'inner')}`;
  return [
    report('delivery-status', receipt),
    report('disposition-notification', part('message/disposition-notification', status, 'inner')),
  ];
}

function report(type: string, parts: string): Uint8Array {
  const inner = `${part('text/plain', 'x', 'inner')}${parts}--inner--\r\n`;
  const outer = part(`multipart/report; report-type=${type}; boundary=inner`, inner, 'outer');
  return Buffer.from(`${MIXED}${outer}--outer--\r\n`, 'latin1');
}
