import { describeParts } from './describe-message';
import { writtenDate } from './written-date';
import { textOctets } from './octet-text';
import { readParts } from './read-parts';
import { lineEndsOf, segmentLength, type EncodedFile, type ServedSegment } from './segments';
import type { NewServed } from './served-octets';
import { fieldText, parameterText, quotedPrintable } from './written-text';
import type { WrittenPart } from './written-part';

/** A message as the store knows it. Addresses are as they were typed in a draft. */
export type KnownMessage = {
  /** Fields that stand above all others, with their line ends. */
  readonly onTop: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly contentId?: string | undefined;
    readonly inline: boolean;
    readonly size: number;
  }[];
};

/** A file whose octets stand at a place of the text. */
type PlacedFile = { readonly at: number; readonly file: EncodedFile };
type Draft = { readonly text: string; readonly files: readonly PlacedFile[] };

/** Neither quoted-printable nor base64 can hold them. */
const MIXED = '=_mixed';
const ALTERNATIVE = '=_alternative';
const LINE = 76;
const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;

/**
 * The text of a message of which no octets are kept: what was written here, and what an earlier version stored. The
 * same message gives the same octets, in time linear in its text; files are not read.
 */
export function buildServed(message: KnownMessage): NewServed {
  const draft = draftOf(message);
  const skeleton = textOctets(draft.text);
  const root = readParts(skeleton);
  const size = skeleton.length + draft.files.reduce((sum, { file }) => sum + segmentLength(file), 0);
  const head = skeleton.subarray(0, root.header.to);
  return {
    description: describeParts(withFiles(root, draft.files), size),
    fields: {
      subject: message.subject,
      from: message.from,
      to: message.to.join(', '),
      cc: message.cc.join(', '),
      bcc: message.bcc.join(', '),
    },
    head,
    segments: segmentsOf(draft, head.length),
    literals: skeleton.subarray(head.length),
  };
}

function draftOf(message: KnownMessage): Draft {
  const fields = `${message.onTop}${fieldsOf(message)}MIME-Version: 1.0\r\n`;
  const body = bodyText(message);
  if (message.attachments.length === 0) return { text: `${fields}${body}\r\n`, files: [] };
  const files: PlacedFile[] = [];
  let text = `${fields}Content-Type: multipart/mixed; boundary="${MIXED}"\r\n\r\n--${MIXED}\r\n${body}`;
  for (const [index, attachment] of message.attachments.entries()) {
    text += `\r\n--${MIXED}\r\n${fileHeader(attachment)}\r\n`;
    if (attachment.size > 0)
      files.push({
        at: text.length,
        file: { file: index, octets: attachment.size, line: LINE, end: 2, isEnded: false },
      });
  }
  return { text: `${text}\r\n--${MIXED}--\r\n`, files };
}

function fieldsOf(message: KnownMessage): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['From', message.from],
    ['To', addressesText(message.to)],
    ['Cc', addressesText(message.cc)],
    ['Bcc', addressesText(message.bcc)],
    ['Subject', fieldText(message.subject)],
    ['Date', writtenDate(message.date)],
    ['Message-ID', message.messageId],
    ['In-Reply-To', message.inReplyTo],
    ['References', message.references.length > 0 ? message.references.join('\r\n ') : undefined],
  ];
  return fields.map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\r\n`)).join('');
}

/** What was typed and can be no address is left out: another program could not even answer it. */
function addressesText(addresses: readonly string[]): string | undefined {
  const written = addresses.filter((address) => /^[!-~]+@[!-~]+$/.test(address) && !/[,;<>()"\\]/.test(address));
  return written.length === 0 ? undefined : written.join(',\r\n ');
}

/** Header and body of the text, and of its page if there is one. */
function bodyText({ text, html }: KnownMessage): string {
  const plain = textPart('plain', text);
  if (html === undefined) return plain;
  return [
    `Content-Type: multipart/alternative; boundary="${ALTERNATIVE}"\r\n`,
    `--${ALTERNATIVE}\r\n${plain}`,
    `--${ALTERNATIVE}\r\n${textPart('html', html)}`,
    `--${ALTERNATIVE}--`,
  ].join('\r\n');
}

const textPart = (subtype: 'plain' | 'html', text: string): string =>
  `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}`;

/** Multiparts and messages may not be in base64 (RFC 2046 5). */
function fileHeader({ filename, contentType, contentId, inline }: KnownMessage['attachments'][number]): string {
  const isPlain = TYPE.test(contentType) && !/^(?:multipart|message)\//i.test(contentType);
  const id = contentId !== undefined && /^[!-;=?-~]+$/.test(contentId) ? `Content-ID: <${contentId}>\r\n` : '';
  return [
    `Content-Type: ${isPlain ? contentType : 'application/octet-stream'}\r\n`,
    'Content-Transfer-Encoding: base64\r\n',
    `Content-Disposition: ${inline ? 'inline' : 'attachment'};\r\n ${parameterText('filename', filename)}\r\n`,
    id,
  ].join('');
}

/** The parts with the octets of files in their places. A file's own part ends behind it, and has its line ends. */
function withFiles(part: WrittenPart, files: readonly PlacedFile[]): WrittenPart {
  const { header, body, parts } = part;
  const own = files.find(({ at }) => body.from === at && body.to === at)?.file;
  return {
    ...part,
    header: { from: moved(header.from, files), to: moved(header.to, files) },
    body: { from: moved(body.from, files), to: moved(body.to + (own ? 1 : 0), files) - (own ? 1 : 0) },
    lines: own ? lineEndsOf(own) : part.lines,
    ...(parts ? { parts: parts.map((each) => withFiles(each, files)) } : {}),
  };
}

/** A place of the text, moved by the files before it. */
function moved(at: number, files: readonly PlacedFile[]): number {
  return files.reduce((sum, each) => (each.at < at ? sum + segmentLength(each.file) : sum), at);
}

/** Of what stands behind the header. */
function segmentsOf({ text, files }: Draft, from: number): ServedSegment[] {
  const segments: ServedSegment[] = [];
  let at = from;
  for (const placed of files) {
    segments.push({ literal: placed.at - at }, placed.file);
    at = placed.at;
  }
  return [...segments, { literal: text.length - at }];
}
