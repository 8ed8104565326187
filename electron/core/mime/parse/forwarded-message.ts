import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import type { MailAddress } from '../../../../shared/ids';
import { readHeaderDate, writeHeaderDate } from '../octets/header-date';
import { readSingleAddress } from '../octets/read-addresses';

/** What a message says to whoever reads it (RFC 5322 3.6, RFC 2045, RFC 2369), and how it is to be read. */
const SAID =
  /^(?:from|sender|reply-to|to|cc|date|subject|message-id|in-reply-to|references|comments|keywords|mime-version|content-(?:type|transfer-encoding|disposition|id|description|language)|list-[a-z-]+)$/;
const NAMES = /^(?:message-id|in-reply-to|references)$/;
const OF_ONIONS = /^(?:\s*<[^<>\s@]{1,200}@[a-z2-7]{56}\.onion>)+\s*$/;

/** A field as it was written, with its line ends; `name` is in small letters, empty for what is no field. */
type Field = { readonly name: string; readonly lines: Buffer };

/**
 * A message that another program attaches, as it lies in a mailbox, without the fields that nobody else is to read
 * (PROTOCOL.md 13.1): what this program says of a sender, hidden recipients, ways and machines that it passed, and
 * marks of programs. One that the person has written (`writer`) tells no zone, and no Message-IDs but those of
 * onions. The rest stays, octet for octet.
 */
export function forwardedMessage(octets: Uint8Array, writer: MailAddress): Uint8Array {
  const whole = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const { fields, end } = fieldsOf(whole);
  const from = fields.find(({ name }) => name === 'from');
  const isOwn = from !== undefined && readSingleAddress(asciiLowerCase(valueOf(from))) === writer;
  const said = fields.filter(({ name }) => SAID.test(name));
  const kept = isOwn ? said.flatMap(withoutOwnMarks) : said.map(({ lines }) => lines);
  const header = Buffer.concat(kept);
  if (header.equals(whole.subarray(0, end))) return octets;
  return new Uint8Array(Buffer.concat([header, whole.subarray(end)]));
}

function fieldsOf(whole: Buffer): { readonly fields: readonly Field[]; readonly end: number } {
  const fields: { name: string; lines: Buffer }[] = [];
  let at = 0;
  while (at < whole.length) {
    const lineEnd = whole.indexOf('\n', at, 'latin1');
    const line = whole.subarray(at, lineEnd < 0 ? whole.length : lineEnd + 1);
    const text = line.toString('latin1', 0, 100);
    if (text === '\r\n' || text === '\n') break;
    const last = fields.at(-1);
    if (last && /^[ \t]/.test(text)) last.lines = whole.subarray(at - last.lines.length, at + line.length);
    else fields.push({ name: /^([!-9;-~]+)[ \t]*:/.exec(text)?.[1]?.toLowerCase() ?? '', lines: line });
    at += line.length;
  }
  return { fields, end: at };
}

const valueOf = ({ lines }: Field): string =>
  lines
    .toString('latin1')
    .replace(/^[^:]*:/, '')
    .replace(/\r?\n/g, '');

function withoutOwnMarks(field: Field): Buffer[] {
  const { name, lines } = field;
  if (NAMES.test(name) && !OF_ONIONS.test(valueOf(field))) return [];
  const time = name === 'date' ? readHeaderDate(valueOf(field)) : undefined;
  return [time === undefined ? lines : Buffer.from(`Date: ${writeHeaderDate(time)}\r\n`)];
}
