import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import MimeNode from 'nodemailer/lib/mime-node';
import { MAX_HEADER_BYTES } from '../../domain/limits';
import type { OutgoingAttachment, OutgoingMessage } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { addControl } from '../control/add-control';
import { autocryptFields } from '../parse/autocrypt';
import { newBoundary } from '../octets/boundary';
import { writeHeaderDate } from '../octets/header-date';
import { noticeFields } from '../parse/notices';
import { outerHeaders } from '../envelope/outer-headers';
import { wellFormed } from '../../../../shared/text/well-formed';

/** Octets of a file encoded in one go; whole lines of base64. */
const PIECE = 57 * 8_192;
const CONTENT_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/**
 * The entity that goes inside the seal: a multipart/mixed with every header protected (RFC 9788, `hp="cipher"`; also
 * `protected-headers="v1"`, which Thunderbird reads), the text and a page that stands for it, the attachments and the
 * keys, the sender's first. CR LF line ends, no line over 998 octets, times in UTC, no name of a machine. Only control
 * messages and notices name the program.
 */
export async function buildInner(message: OutgoingMessage, random: Pick<Random, 'bytes'>): Promise<Uint8Array> {
  const boundary = newBoundary(random);
  const root = new MimeNode(`multipart/mixed; boundary=${boundary}; hp=cipher; protected-headers=v1`, {
    keepBcc: true,
    disableFileAccess: true,
    disableUrlAccess: true,
    normalizeHeaderKey: (key) => key.replace(/^Hp-/, 'HP-'),
  });
  setProtectedHeaders(root, message);
  addBody(root, message, random);
  for (const attachment of message.attachments) if (!isShown(message, attachment)) addAttachment(root, attachment);
  for (const [index, block] of [message.keyBlock, ...(message.otherKeyBlocks ?? [])].entries())
    addKey(root, { index, block });
  addAutocrypt(root, message);
  return root.build();
}

function setProtectedHeaders(root: MimeNode, message: OutgoingMessage): void {
  root.setHeader('From', message.from);
  const lists = { To: message.to, Cc: message.cc, Bcc: message.bcc };
  for (const [name, addresses] of Object.entries(lists)) {
    if (addresses.length > 0) root.setHeader(name, [...addresses]);
  }
  root.setHeader('Subject', message.subject);
  root.setHeader('Date', writeHeaderDate(message.date));
  root.setHeader('Message-ID', message.messageId);
  if (message.inReplyTo !== undefined) root.setHeader('In-Reply-To', message.inReplyTo);
  if (message.references.length > 0) root.setHeader('References', message.references.join(' '));
  for (const { name, value } of noticeFields(message.notices ?? {})) root.setHeader(name, { prepared: true, value });
  for (const { name, value } of outerHeaders(message)) root.addHeader('HP-Outer', `${name}: ${value}`);
}

/**
 * As many keys in fields as one header section has room for. What finds none is no loss: the sender's key is a part as
 * well, and recipients' keys can be had from their onions.
 */
function addAutocrypt(root: MimeNode, message: OutgoingMessage): void {
  let room = MAX_HEADER_BYTES - Buffer.byteLength(root.buildHeaders());
  for (const { name, value } of autocryptFields(message)) {
    const size = Buffer.byteLength(`\r\n${name}: ${value}`);
    if (size > room) continue;
    room -= size;
    root.addHeader(name, { prepared: true, value });
  }
}

function addBody(root: MimeNode, message: OutgoingMessage, random: Pick<Random, 'bytes'>): void {
  const writeText = (parent: MimeNode): void => {
    addText(parent, { type: 'text/plain', text: message.text });
  };
  if (message.control) addControl(root, { control: message.control, message, random, addText: writeText });
  else if (message.html === undefined) writeText(root);
  else addPage(root, { message, html: message.html, random });
}

/** What has a text, maybe a page, and files. */
type Written = Pick<OutgoingMessage, 'text' | 'html' | 'attachments'>;

/** Text and page (RFC 2046 5.1.4), and beside the page the pictures that it shows (RFC 2387). */
export function addPage(
  root: MimeNode,
  { message, html, random }: { message: Written; html: string; random: Pick<Random, 'bytes'> },
): void {
  const alternative = root.createChild(`multipart/alternative; boundary=${newBoundary(random)}`);
  addText(alternative, { type: 'text/plain', text: message.text });
  const shown = message.attachments.filter((attachment) => isShown(message, attachment));
  if (shown.length === 0) return addText(alternative, { type: 'text/html', text: html });
  const related = alternative.createChild(`multipart/related; type="text/html"; boundary=${newBoundary(random)}`);
  addText(related, { type: 'text/html', text: html });
  for (const attachment of shown) addAttachment(related, attachment);
}

export const isShown = ({ html }: Pick<Written, 'html'>, { contentId }: OutgoingAttachment): boolean =>
  html !== undefined && contentId !== undefined;

export function addText(parent: MimeNode, { type, text }: { type: 'text/plain' | 'text/html'; text: string }): void {
  const part = parent.createChild(`${type}; charset=utf-8`);
  part.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  part.setContent(wellFormed(text).replace(/\r\n|\r|\n/g, '\r\n'));
}

export function addAttachment(parent: MimeNode, attachment: OutgoingAttachment): void {
  const part = parent.createChild(contentTypeFor(attachment.contentType), {
    filename: wellFormed(attachment.filename),
  });
  part.setHeader('Content-Transfer-Encoding', 'base64');
  if (attachment.contentId !== undefined) {
    part.setHeader('Content-ID', `<${attachment.contentId}>`);
    part.setHeader('Content-Disposition', 'inline');
  }
  part.setContent(Readable.from(inPieces(attachment.content), { objectMode: false }));
}

/** A large file is encoded piece by piece, with time for everything else in between. */
async function* inPieces(content: Uint8Array): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE) {
    const piece = content.subarray(at, at + PIECE);
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    await setImmediate();
  }
}

/** Multiparts and messages may not be in base64 (RFC 2046 5), and a key that is sent on is a file like any other. */
function contentTypeFor(given: string): string {
  const type = given.trim().toLowerCase();
  const isPlain = CONTENT_TYPE.test(type) && !/^(multipart|message)\/|^application\/pgp-keys$/.test(type);
  return isPlain ? type : 'application/octet-stream';
}

function addKey(root: MimeNode, { index, block }: { index: number; block: string }): void {
  const part = root.createChild('application/pgp-keys', {
    filename: index === 0 ? 'OpenPGP_key.asc' : `OpenPGP_key_${String(index)}.asc`,
  });
  part.setHeader('Content-Transfer-Encoding', '7bit');
  part.setContent(block.replace(/\r\n|\n/g, '\r\n'));
}
