import { MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { plainLine } from '../../../../shared/text/plain-line';
import { MAX_HEADER_BYTES, MAX_SUBJECT_CHARACTERS } from '../../domain/limits';
import type { AppendedMessage, InnerBodies } from '../../ports/mime';
import { readHeaderDate } from '../octets/header-date';
import { readHeaderFields, type HeaderField } from '../octets/header-field';
import { readMessageIds } from '../octets/message-id';
import { checkOctets } from '../octets/octet-checks';
import { readAddressTexts } from '../octets/read-addresses';
import { readStructure } from '../octets/structure-checks';
import { serveOctets } from '../served/serve-entity';
import { decodeText } from '../text/charset';
import { decodeWords } from '../text/encoded-words';
import { readBodies } from './read-bodies';

/** Characters of a text that was written against the rules. */
const MAX_PLAIN_CHARACTERS = 1_000_000;

/**
 * What another mail program wants kept, as far as it can be read: it may be anything, and comes from the person's own
 * machine, so nothing is refused. Of what breaks the rules of PROTOCOL.md 5 the whole body is the text.
 */
export function readAppended(octets: Uint8Array): AppendedMessage {
  const fields = fieldsOf(octets);
  const valueOf = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
  const inReplyTo = readMessageIds(valueOf('in-reply-to')).at(-1);
  const rfcMessageId = readMessageIds(valueOf('message-id'))[0];
  const date = readHeaderDate(valueOf('date') ?? '');
  const bodies = bodiesOf(octets);
  return {
    from: readAddressTexts(valueOf('from')).map(shown),
    to: readAddressTexts(valueOf('to')).map(shown),
    cc: readAddressTexts(valueOf('cc')).map(shown),
    bcc: readAddressTexts(valueOf('bcc')).map(shown),
    subject: plainLine(decodeWords(valueOf('subject') ?? '').slice(0, MAX_SUBJECT_CHARACTERS)),
    references: readMessageIds(valueOf('references')),
    ...present({ inReplyTo, rfcMessageId, date }),
    ...bodies,
    served: serveOctets(octets, bodies.attachments),
  };
}

/** An onion's in the form that all are compared in, any other as it is written. */
function shown(text: string): string {
  const onion = MailAddress.safeParse(text.toLowerCase());
  return onion.success ? onion.data : plainLine(text);
}

/** Lines that are no fields are passed over; each of the others is read by itself. */
function fieldsOf(octets: Uint8Array): HeaderField[] {
  const section = Buffer.from(octets.subarray(0, headerEnd(octets))).toString('latin1');
  return section
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .flatMap((line) => (line === '' ? [] : (readHeaderFields(line) ?? [])));
}

/** Behind the empty line, at most as far as a header may be long. */
function headerEnd(octets: Uint8Array): number {
  const near = Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.length, MAX_HEADER_BYTES));
  const ends = ['\r\n\r\n', '\n\n'].map((empty) => ({ at: near.indexOf(empty, 0, 'latin1'), length: empty.length }));
  const [first] = ends.filter(({ at }) => at >= 0).sort((one, other) => one.at - other.at);
  return first ? first.at + first.length : near.length;
}

function bodiesOf(octets: Uint8Array): InnerBodies & Pick<AppendedMessage, 'isCut'> {
  if (!checkOctets(octets) && readStructure(octets).outcome === 'read') return readBodies(octets);
  const body = octets.subarray(headerEnd(octets));
  const begin = decodeText(body.subarray(0, 4 * MAX_PLAIN_CHARACTERS), undefined);
  const text = begin.slice(0, MAX_PLAIN_CHARACTERS).replaceAll('\r\n', '\n').replaceAll('\0', '\ufffd');
  const isCut = begin.length > MAX_PLAIN_CHARACTERS || body.length > 4 * MAX_PLAIN_CHARACTERS || undefined;
  return { text, attachments: [], ...present({ isCut }) };
}
