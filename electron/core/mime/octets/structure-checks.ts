import { MAX_HEADER_BYTES, MAX_MIME_DEPTH, MAX_MIME_PARTS } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';
import { readHeaderFields, readStructuredValue, type HeaderField, type StructuredValue } from './header-field';

/** One part of a message: its header and where its body lies in the octets. */
export type MimePart = {
  readonly fields: readonly HeaderField[];
  readonly contentType: StructuredValue;
  readonly bodyStart: number;
  bodyEnd: number;
  readonly children: MimePart[];
};

export type Structure =
  | { readonly outcome: 'read'; readonly root: MimePart }
  | { readonly outcome: 'refused'; readonly reason: MimeRefusal };

/** All header sections of one message together. */
export const MAX_ALL_HEADERS_BYTES = 4 * MAX_HEADER_BYTES;

type OpenMultipart = { readonly part: MimePart; readonly delimiter: string };
type Scan = {
  readonly bytes: Buffer;
  readonly open: OpenMultipart[];
  /** Every delimiter so far: none may be used twice. */
  readonly delimiters: Set<string>;
  parts: number;
  headerBytes: number;
  at: number;
};

const SINGLE_FIELDS = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'content-id',
  'content-description',
]);
const STRUCTURED_FIELDS = ['content-type', 'content-disposition'];
const IDENTITY_ENCODING = /^(7bit|8bit|binary)$/i;
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;

class Refused extends Error {
  constructor(readonly reason: MimeRefusal) {
    super(reason);
  }
}

/**
 * Reads the tree of parts (RFC 2046 5.1) in one pass that stops at the first part too many, before any parser builds
 * anything. Stricter than parsers are: what they might read in two ways is refused. `raw` must have passed
 * `checkOctets`.
 */
export function readStructure(raw: Uint8Array): Structure {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const scan: Scan = { bytes, open: [], delimiters: new Set(), parts: 0, headerBytes: 0, at: 0 };
  try {
    const root = readPart(scan);
    readDelimiters(scan);
    return { outcome: 'read', root };
  } catch (error) {
    if (error instanceof Refused) return { outcome: 'refused', reason: error.reason };
    throw error;
  }
}

/** Value of a field that stands at most once. */
export function fieldOf(part: MimePart, name: string): string | undefined {
  return part.fields.find((field) => field.name === name)?.value;
}

/** Value of a field that stands exactly once; a field that stands twice could be read in two ways. */
export function onlyFieldOf(part: MimePart, name: string): string | undefined {
  const [first, ...others] = part.fields.filter((field) => field.name === name);
  return others.length > 0 ? undefined : first?.value;
}

/** Header of the part that begins at `scan.at`; opens it when it is a multipart. */
function readPart(scan: Scan): MimePart {
  scan.parts += 1;
  if (scan.parts > MAX_MIME_PARTS) throw new Refused('too-many-parts');
  const section = readHeaderSection(scan);
  if (hasDelimiterLine(scan, section)) throw new Refused('malformed');
  const fields = readHeaderFields(section);
  if (!fields) throw new Refused('malformed');
  refuseDuplicates(fields);
  const contentType = contentTypeOf(fields);
  const part: MimePart = { fields, contentType, bodyStart: scan.at, bodyEnd: scan.bytes.length, children: [] };
  if (contentType.value.startsWith('multipart/')) open(scan, part);
  return part;
}

function readHeaderSection(scan: Scan): string {
  const { bytes, at } = scan;
  const isEmpty = bytes[at] === 0x0d;
  const end = isEmpty ? at : bytes.indexOf('\r\n\r\n', at, 'latin1');
  if (end < 0) throw new Refused('malformed');
  scan.headerBytes += end - at;
  if (end - at > MAX_HEADER_BYTES || scan.headerBytes > MAX_ALL_HEADERS_BYTES) throw new Refused('header-too-large');
  scan.at = isEmpty ? at + 2 : end + 4;
  return bytes.toString('utf8', at, end);
}

/** A delimiter among header lines ends the part for some parsers and is a bad line for others. */
function hasDelimiterLine(scan: Scan, section: string): boolean {
  return (
    section.includes('--') &&
    scan.open.some(({ delimiter }) => section.startsWith(delimiter) || section.includes(`\n${delimiter}`))
  );
}

function refuseDuplicates(fields: readonly HeaderField[]): void {
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (SINGLE_FIELDS.has(name) && seen.has(name)) throw new Refused('duplicate-header');
    seen.add(name);
  }
  for (const { name, value } of fields) {
    if (STRUCTURED_FIELDS.includes(name)) structured(value);
  }
}

function structured(value: string): StructuredValue {
  const read = readStructuredValue(value);
  if (read === 'duplicate') throw new Refused('duplicate-header');
  if (read === 'malformed') throw new Refused('malformed');
  return read;
}

function contentTypeOf(fields: readonly HeaderField[]): StructuredValue {
  return structured(fields.find((field) => field.name === 'content-type')?.value ?? 'text/plain');
}

function open(scan: Scan, part: MimePart): void {
  if (scan.open.length >= MAX_MIME_DEPTH) throw new Refused('nested-too-deep');
  const boundary = part.contentType.parameters.get('boundary') ?? '';
  const encoding = fieldOf(part, 'content-transfer-encoding') ?? '7bit';
  // A boundary that ends in two dashes reads like the end of a shorter one.
  const isClear = BOUNDARY.test(boundary) && !boundary.endsWith('--');
  if (!isClear || !IDENTITY_ENCODING.test(encoding)) throw new Refused('malformed');
  const delimiter = `--${boundary}`;
  if (scan.delimiters.has(delimiter)) throw new Refused('malformed');
  scan.delimiters.add(delimiter);
  scan.open.push({ part, delimiter });
}

/** Walks from one line that begins with `--` to the next; nothing else can change the tree. */
function readDelimiters(scan: Scan): void {
  while (scan.delimiters.size > 0) {
    const start = nextDashes(scan);
    if (start < 0) break;
    const end = lineEnd(scan.bytes, start);
    scan.at = Math.min(end + 2, scan.bytes.length);
    readDelimiterLine(scan, { start, line: scan.bytes.toString('latin1', start, end).replace(/[ \t]+$/, '') });
  }
  if (scan.open.length > 0) throw new Refused('malformed');
}

function readDelimiterLine(scan: Scan, o: { start: number; line: string }): void {
  const level = scan.open.findIndex(({ delimiter }) => o.line === delimiter || o.line === `${delimiter}--`);
  if (level < 0) {
    if (isUsedUp(scan, o.line)) throw new Refused('malformed');
    return;
  }
  const found = scan.open[level] as OpenMultipart;
  // A part inside must be closed before its parent goes on.
  if (level < scan.open.length - 1) throw new Refused('malformed');
  const last = found.part.children.at(-1);
  if (last) last.bodyEnd = Math.max(last.bodyStart, o.start - 2);
  if (o.line === found.delimiter) found.part.children.push(readPart(scan));
  else scan.open.pop();
}

const isUsedUp = (scan: Scan, line: string): boolean =>
  scan.delimiters.has(line) || scan.delimiters.has(line.replace(/--$/, ''));

/** Where the next line that begins with two dashes starts, or -1. `scan.at` is always the start of a line. */
function nextDashes(scan: Scan): number {
  const { bytes, at } = scan;
  if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) return at;
  const found = bytes.indexOf('\n--', Math.max(at - 1, 0), 'latin1');
  return found < 0 ? -1 : found + 1;
}

function lineEnd(bytes: Buffer, start: number): number {
  const end = bytes.indexOf('\r\n', start, 'latin1');
  return end < 0 ? bytes.length : end;
}
