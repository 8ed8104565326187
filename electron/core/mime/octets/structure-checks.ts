import { MAX_HEADER_BYTES, MAX_MIME_DEPTH, MAX_MIME_PARTS } from '../../domain/limits';
import type { MimeRefusal } from '../../domain/refusals';
import { readHeaderFields, type HeaderField } from './header-field';
import { readStructuredValue, type StructuredValue } from './structured-value';
import { readTransferEncoding } from './transfer-encoding';

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
const MAX_ALL_HEADERS_BYTES = 4 * MAX_HEADER_BYTES;

type OpenMultipart = { readonly part: MimePart; readonly delimiter: string };
type Scan = {
  readonly bytes: Buffer;
  readonly open: OpenMultipart[];
  /** Every delimiter line so far, of beginnings and of ends: none may stand for two things. */
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
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
/** A type with its subtype (RFC 2045 5.1); what stands behind it without a semicolon is passed over. */
const TYPE = /^([!#$%&'*+.0-9a-z^_`{|}~-]+) ?\/ ?([!#$%&'*+.0-9a-z^_`{|}~-]+)(?![^\s,])/;
const CR = 0x0d;

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
  const fields = readHeaderFields(readHeaderSection(scan));
  if (!fields) throw new Refused('malformed');
  refuseDuplicates(fields);
  const contentType = contentTypeOf(fields, scan.open.at(-1)?.part);
  const part: MimePart = { fields, contentType, bodyStart: scan.at, bodyEnd: scan.bytes.length, children: [] };
  if (contentType.value.startsWith('multipart/')) open(scan, part);
  return part;
}

/** The section as latin1; `scan.at` is then where the body begins. A part without a body may end with its header. */
function readHeaderSection(scan: Scan): string {
  const { bytes, at } = scan;
  if (bytes[at] === CR) {
    scan.at = at + 2;
    return '';
  }
  const near = bytes.subarray(at, at + MAX_HEADER_BYTES + 4);
  const empty = near.indexOf('\r\n\r\n', 0, 'latin1');
  const section = near.toString('latin1', 0, empty < 0 ? undefined : empty + 2);
  const end = delimiterAt(scan, section);
  if (end === undefined && empty < 0 && at + near.length < bytes.length) throw new Refused('header-too-large');
  if (bytes.length === at) throw new Refused('malformed');
  const size = end ?? section.length;
  countHeader(scan, size);
  scan.at = at + size + (end === undefined && empty >= 0 ? 2 : 0);
  return section.slice(0, size).replace(/\r\n$/, '');
}

function countHeader(scan: Scan, size: number): void {
  scan.headerBytes += size;
  if (size > MAX_HEADER_BYTES + 2 || scan.headerBytes > MAX_ALL_HEADERS_BYTES) throw new Refused('header-too-large');
}

/**
 * Where a line in the section is a delimiter of the multipart that the part stands in (RFC 2046 5.1.1: the empty line
 * is the body's). That of any other multipart would leave this one open.
 */
function delimiterAt(scan: Scan, section: string): number | undefined {
  if (!section.includes('--')) return undefined;
  let start = 0;
  for (const line of section.split('\r\n')) {
    const level = line.startsWith('--') ? levelOf(scan, trimBlanks(line)) : -1;
    if (level >= 0 && level < scan.open.length - 1) throw new Refused('malformed');
    if (level >= 0) return start;
    start += line.length + 2;
  }
  return undefined;
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
  return read;
}

/** A type that is not there or cannot be read is plain text (RFC 2045 5.2), in a digest a message (RFC 2046 5.1.5). */
function contentTypeOf(fields: readonly HeaderField[], parent: MimePart | undefined): StructuredValue {
  const field = fields.find(({ name }) => name === 'content-type')?.value ?? '';
  const fallback = parent?.contentType.value === 'multipart/digest' && field === '' ? 'message/rfc822' : 'text/plain';
  const { value, parameters } = structured(field);
  const [, type, subtype] = TYPE.exec(value) ?? [];
  return { value: type === undefined ? fallback : `${type}/${subtype ?? ''}`, parameters };
}

function open(scan: Scan, part: MimePart): void {
  if (scan.open.length >= MAX_MIME_DEPTH) throw new Refused('nested-too-deep');
  const boundary = part.contentType.parameters.get('boundary') ?? '';
  if (!BOUNDARY.test(boundary) || isEncoded(part)) throw new Refused('malformed');
  const delimiter = `--${boundary}`;
  // A boundary that ends in two dashes can read like the end of a shorter one.
  if (isUsed(scan, delimiter) || isUsed(scan, `${delimiter}--`)) throw new Refused('malformed');
  scan.delimiters.add(delimiter).add(`${delimiter}--`);
  scan.open.push({ part, delimiter });
}

/**
 * A multipart may have no encoding but the identity (RFC 2045 6.4). A word for one that nobody knows can mean nothing
 * else; what one of the two that are known would hide from some readers, others would take for parts.
 */
function isEncoded(part: MimePart): boolean {
  const encoding = readTransferEncoding(fieldOf(part, 'content-transfer-encoding'));
  return encoding === 'base64' || encoding === 'quoted-printable';
}

/** Walks from one line that begins with `--` to the next; nothing else can change the tree. */
function readDelimiters(scan: Scan): void {
  while (scan.delimiters.size > 0) {
    const start = nextDashes(scan);
    if (start < 0) break;
    const end = lineEnd(scan.bytes, start);
    scan.at = Math.min(end + 2, scan.bytes.length);
    readDelimiterLine(scan, { start, line: trimBlanks(scan.bytes.toString('latin1', start, end)) });
  }
  if (scan.open.length > 0) throw new Refused('malformed');
}

function readDelimiterLine(scan: Scan, o: { start: number; line: string }): void {
  const level = levelOf(scan, o.line);
  if (level < 0) {
    if (isUsed(scan, o.line)) throw new Refused('malformed');
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

/** Which open multipart a line without trailing blanks delimits, or -1. */
const levelOf = (scan: Scan, line: string): number =>
  scan.open.findIndex(({ delimiter }) => line === delimiter || line === `${delimiter}--`);

const isUsed = (scan: Scan, line: string): boolean => scan.delimiters.has(line);

/** By hand: a pattern would look at each of many blanks as a beginning of the last ones. */
function trimBlanks(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1;
  return line.slice(0, end);
}

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
