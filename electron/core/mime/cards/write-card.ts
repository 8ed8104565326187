import ICAL from 'ical.js';
import type { ContactCard } from '../../ports/mime';
import { cardName } from './card-name';

const LINE_OCTETS = 75;
const KEY_TYPE = 'application/pgp-keys';

/**
 * A vCard 4 (RFC 6350) with FN, one EMAIL an address and the key, as it is given, in a data URI. CR LF line ends,
 * folded at 75 octets, nothing that names the program. Without a name the local part stands for it, since FN has to be
 * there.
 */
export function writeCard(card: ContactCard): string {
  const addresses = card.addresses.map((address) => address.replace(/\p{Cc}/gu, ''));
  const name = cardName(card.name) || (addresses[0]?.split('@')[0] ?? '');
  const properties = [
    ['version', {}, 'text', '4.0'],
    ['fn', {}, 'text', name],
    ...addresses.map((address) => ['email', {}, 'text', address]),
  ];
  const lines = properties.map((property) => ICAL.stringify.property(property, ICAL.design.vcard, true));
  // The library would escape the comma of the URI as it does in text, which readers of URIs do not expect.
  if (card.key)
    lines.push(
      `${ICAL.stringify.property(['key', { mediatype: KEY_TYPE }, 'uri', ''], ICAL.design.vcard, true)}${dataUri(card.key)}`,
    );
  return ['BEGIN:VCARD', ...lines.map(fold), 'END:VCARD', ''].join('\r\n');
}

const dataUri = (key: Uint8Array): string => `data:${KEY_TYPE};base64,${Buffer.from(key).toString('base64')}`;

/**
 * RFC 6350 3.2. The library would count neither the space of a continuation nor could its limit be set without a
 * global.
 */
function fold(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}
