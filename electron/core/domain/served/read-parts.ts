import { MAX_HEADER_BYTES, MAX_MIME_DEPTH, MAX_MIME_PARTS } from '../limits';
import { trimBlanks } from './blanks';
import { writtenFields, type WrittenField } from './header-fields';
import { octetText, textOctets } from './octet-text';
import { isMessage, isMultipart, OCTETS, writtenType, type WrittenPart, type WrittenType } from './written-part';

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const BLANKS = [0x20, 0x09, CR];
/** A line longer than this is no delimiter: 70 octets and blanks. */
const MAX_DELIMITER_OCTETS = 200;

/** A part whose end is not read yet. */
type OpenPart = {
  readonly fields: readonly WrittenField[];
  readonly contentType: WrittenType;
  readonly header: { readonly from: number; readonly to: number };
  readonly bodyFrom: number;
  /** Lines that end before the body. */
  readonly linesBefore: number;
  /** Of a multipart what its parts begin with. */
  readonly delimiter?: Uint8Array;
  readonly parts: WrittenPart[];
  /** Behind its last delimiter nothing of it follows. */
  isEnded: boolean;
};

type Scan = {
  readonly octets: Uint8Array;
  readonly open: OpenPart[];
  at: number;
  lines: number;
  parts: number;
};

/**
 * The tree of parts of any octets, in one pass: what cannot be read in the way of RFC 2046 is still a tree. Lines end
 * with LF, mostly with a CR before. A part that nothing ends goes up to what ends the one around it. What lies too deep
 * is not divided, and what would be a part too many belongs to the one before it.
 */
export function readParts(octets: Uint8Array): WrittenPart {
  const scan: Scan = { octets, open: [], at: 0, lines: 0, parts: 0 };
  openPart(scan);
  while (scan.at < octets.length) {
    const start = scan.at;
    const linesBefore = scan.lines;
    const found = delimited(scan, { start, end: takeLine(scan) });
    if (!found) continue;
    closeAbove(scan, found.level, { start, linesBefore });
    const multipart = scan.open[found.level] as OpenPart;
    if (found.isLast) multipart.isEnded = true;
    else openPart(scan);
  }
  return closeAbove(scan, -1, { start: octets.length, linesBefore: scan.lines }) as WrittenPart;
}

/** Goes behind the next line. Answers where it ends, its line end without. */
function takeLine(scan: Scan): number {
  const { octets } = scan;
  let at = scan.at;
  while (at < octets.length && octets[at] !== LF) at += 1;
  const hasEnd = at < octets.length;
  scan.at = hasEnd ? at + 1 : at;
  if (hasEnd) scan.lines += 1;
  return at;
}

type Line = { readonly start: number; readonly end: number };
type Delimited = { readonly level: number; readonly isLast: boolean };

/** The innermost open multipart that the line delimits; `end`: its line end without. */
function delimited(scan: Scan, line: Line): Delimited | undefined {
  const { octets, open } = scan;
  const { start, end } = line;
  if (octets[start] !== DASH || octets[start + 1] !== DASH || end - start > MAX_DELIMITER_OCTETS) return undefined;
  for (let level = open.length - 1; level >= 0; level -= 1) {
    const found = delimits(octets, line, open[level] as OpenPart);
    if (found === 'last' || (found === 'next' && scan.parts < MAX_MIME_PARTS))
      return { level, isLast: found === 'last' };
  }
  return undefined;
}

function delimits(octets: Uint8Array, { start, end }: Line, part: OpenPart): 'next' | 'last' | undefined {
  const { delimiter, isEnded } = part;
  if (delimiter === undefined || isEnded || !beginsWith(octets, start, delimiter)) return undefined;
  const behind = start + delimiter.length;
  if (isBlank(octets, behind, end)) return 'next';
  const hasDashes = octets[behind] === DASH && octets[behind + 1] === DASH;
  return hasDashes && isBlank(octets, behind + 2, end) ? 'last' : undefined;
}

function beginsWith(octets: Uint8Array, start: number, delimiter: Uint8Array): boolean {
  for (let at = 0; at < delimiter.length; at += 1) if (octets[start + at] !== delimiter[at]) return false;
  return true;
}

function isBlank(octets: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!BLANKS.includes(octets[at] as number)) return false;
  return start <= end;
}

/** Reads the header at `scan.at`, and of a message that of the message within. */
function openPart(scan: Scan): void {
  for (let isWithin = true; isWithin;) {
    scan.parts += 1;
    const from = scan.at;
    const to = takeHeader(scan);
    const fields = writtenFields(octetText(scan.octets.subarray(from, Math.min(to, from + MAX_HEADER_BYTES))));
    const around = scan.open.at(-1);
    const isInDigest = around !== undefined && isMultipart(around.contentType) && isDigest(around.contentType);
    const contentType = divisible(writtenType(fields, { isInDigest }), scan);
    const boundary = isMultipart(contentType) ? boundaryOf(contentType) : undefined;
    scan.open.push({
      fields,
      contentType,
      header: { from, to },
      bodyFrom: to,
      linesBefore: scan.lines,
      ...(boundary === undefined ? {} : { delimiter: textOctets(`--${boundary}`) }),
      parts: [],
      isEnded: false,
    });
    isWithin = isMessage(contentType);
  }
}

const isDigest = ({ subtype }: WrittenType): boolean => subtype.toLowerCase() === 'digest';

function divisible(contentType: WrittenType, scan: Scan): WrittenType {
  const isDivided = isMultipart(contentType) || isMessage(contentType);
  const hasRoom = scan.open.length < MAX_MIME_DEPTH && scan.parts < MAX_MIME_PARTS;
  return isDivided && !hasRoom ? OCTETS : contentType;
}

function boundaryOf({ parameters }: WrittenType): string | undefined {
  const boundary = trimBlanks(parameters.find(({ name }) => name.toLowerCase() === 'boundary')?.value ?? '');
  return boundary === '' ? undefined : boundary;
}

/** Goes behind the empty line, or up to a delimiter before one. Answers where the header ends. */
function takeHeader(scan: Scan): number {
  const { octets } = scan;
  const begin = scan.at;
  while (scan.at < octets.length) {
    const start = scan.at;
    const lines = scan.lines;
    if (delimited(scan, { start, end: takeLine(scan) })) {
      [scan.at, scan.lines] = [start, lines];
      return Math.max(begin, beforeLineEnd(octets, start));
    }
    if (isEmptyLine(octets, start, scan.at)) return scan.at;
  }
  return scan.at;
}

const isEmptyLine = (octets: Uint8Array, start: number, end: number): boolean =>
  octets[end - 1] === LF && (end - start === 1 || (end - start === 2 && octets[start] === CR));

/** The line end before a delimiter is part of it (RFC 2046 5.1.1). */
function beforeLineEnd(octets: Uint8Array, start: number): number {
  if (octets[start - 1] !== LF) return start;
  return octets[start - 2] === CR ? start - 2 : start - 1;
}

/** Closes what is open above this level; `-1`: all. Answers the last that was closed. */
function closeAbove(
  scan: Scan,
  level: number,
  { start, linesBefore }: { readonly start: number; readonly linesBefore: number },
): WrittenPart | undefined {
  const isDelimited = level >= 0;
  const end = isDelimited ? beforeLineEnd(scan.octets, start) : start;
  let closed: WrittenPart | undefined;
  while (scan.open.length > level + 1) {
    const part = scan.open.pop() as OpenPart;
    const to = Math.max(part.bodyFrom, end);
    const lines = linesBefore - part.linesBefore - (isDelimited && end < start ? 1 : 0);
    closed = closedPart(part, { to, lines: to === part.bodyFrom ? 0 : lines, within: closed });
    const around = scan.open.at(-1);
    if (around?.delimiter !== undefined) {
      around.parts.push(closed);
      closed = undefined;
    }
  }
  return closed;
}

function closedPart(
  { fields, contentType, header, bodyFrom, parts }: OpenPart,
  { to, lines, within }: { readonly to: number; readonly lines: number; readonly within: WrittenPart | undefined },
): WrittenPart {
  const body = { from: bodyFrom, to };
  const part = { fields, contentType, header, body, lines: Math.max(0, lines) };
  if (isMultipart(contentType)) return { ...part, parts: parts.length > 0 ? parts : [nothingAt(to)] };
  return isMessage(contentType) && within ? { ...part, message: within } : part;
}

/** A multipart has one part at least (RFC 9051 9). */
function nothingAt(at: number): WrittenPart {
  const nowhere = { from: at, to: at };
  return {
    fields: [],
    contentType: writtenType([], { isInDigest: false }),
    header: nowhere,
    body: nowhere,
    lines: 0,
  };
}
