import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import { MailAddress } from '../../../../shared/ids';
import { MAX_HEADER_ADDRESSES } from '../../domain/limits';
import { withoutComments } from './comments';

/** One entry of a list: what stands in its last angle brackets, or else the whole without quoted strings. */
type Entry = { bare: string; angle: string | undefined };
type Scan = { readonly entries: Entry[]; current: Entry; isGroup: boolean; inAngle: boolean };

/** A route, which nobody uses any more (RFC 5322 4.4). */
const ROUTE = /^@[^:]{1,1000}:/;

/**
 * The onion addresses of a To, Cc or Bcc value, in order and without doubles, at most 500; also those in capitals, with
 * blanks beside the `@` or quoted without need, since they decide whom the mail is for and not whose it is. What is no
 * onion address is left out: nothing can be sent there.
 */
export function readAddressList(value: string | undefined): MailAddress[] {
  const found = new Set<MailAddress>();
  for (const entry of readEntries(withoutComments(value ?? '')).entries) {
    const parts = addressOf(entry).split('@');
    const checked = MailAddress.safeParse(asciiLowerCase(parts.map((part) => part.trim()).join('@')));
    if (checked.success) found.add(checked.data);
    if (found.size >= MAX_HEADER_ADDRESSES) break;
  }
  return [...found];
}

/** The addresses of a value as they are written, onion or not, at most 500; names and comments are left out. */
export function readAddressTexts(value: string | undefined): string[] {
  const { entries } = readEntries(withoutComments(value ?? ''));
  return entries.slice(0, MAX_HEADER_ADDRESSES).map(addressOf);
}

/**
 * The one address of a From value (RFC 5322 3.6.2), or undefined. It must stand there as plain text, bare or at the end
 * in angle brackets, so that no encoded word, comment or quoted string can lead a reader to another address.
 */
export function readSingleAddress(value: string): MailAddress | undefined {
  const plain = withoutComments(value).trim();
  const { entries, isGroup } = readEntries(plain);
  const [first, ...others] = entries;
  const checked = MailAddress.safeParse(first && addressOf(first));
  if (others.length > 0 || isGroup || !checked.success || countOf(value, '@') > countOf(plain, '@')) return undefined;
  const isPlain = plain === checked.data || plain.endsWith(`<${checked.data}>`);
  return isPlain && countOf(plain, '<') <= 1 ? checked.data : undefined;
}

const countOf = (text: string, character: string): number => text.split(character).length - 1;

const addressOf = ({ bare, angle }: Entry): string => (angle ?? bare).trim().replace(ROUTE, '');

/** Entries that say anything, those of groups too. A comma in quotes or in angle brackets parts nothing. */
function readEntries(value: string): Scan {
  const scan: Scan = { entries: [], current: newEntry(), isGroup: false, inAngle: false };
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] ?? '';
    if (character === '"') at = takeQuoted(scan, value, at);
    else take(scan, character);
  }
  endEntry(scan);
  return scan;
}

function take(scan: Scan, character: string): void {
  if (character === '<') {
    scan.current.angle = '';
    scan.inAngle = true;
  } else if (character === '>') scan.inAngle = false;
  else if (scan.inAngle) scan.current.angle = (scan.current.angle ?? '') + character;
  else if (character === ',' || character === ';') endEntry(scan);
  else if (character === ':') {
    scan.isGroup = true;
    scan.current = newEntry();
  } else scan.current.bare += character;
}

function endEntry(scan: Scan): void {
  const { bare, angle } = scan.current;
  if (angle !== undefined || bare.trim() !== '') scan.entries.push(scan.current);
  scan.current = newEntry();
  scan.inAngle = false;
}

/** A quoted string says nothing, but right before an `@` it is the local part. Answers where it ends. */
function takeQuoted(scan: Scan, value: string, start: number): number {
  const end = quoteEnd(value, start);
  if (value[end + 1] !== '@') return end;
  const local = value.slice(start + 1, end).replace(/\\([^])/g, '$1');
  if (scan.inAngle) scan.current.angle = (scan.current.angle ?? '') + local;
  else scan.current.bare += local;
  return end;
}

const newEntry = (): Entry => ({ bare: '', angle: undefined });

/** Where the quoted string that begins at `start` ends; one that is never closed holds the rest. */
function quoteEnd(value: string, start: number): number {
  let at = start + 1;
  while (at < value.length && value[at] !== '"') at += value[at] === '\\' ? 2 : 1;
  return at;
}
