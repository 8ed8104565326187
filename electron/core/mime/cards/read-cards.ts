import { MAX_CARD_CHARACTERS } from '../../domain/limits';
import { MAX_KEY_BLOCK_BYTES } from '../../domain/key-limits';
import type { ContactCard } from '../../ports/mime';
import { readBase64 } from '../octets/base64';
import { readCardLines, type CardLines } from './card-lines';
import { cardName } from './card-name';
import { readCardProperty, type CardProperty } from './card-property';

const MAX_ADDRESSES = 20;
/** More than any address has (RFC 5321 4.5.3.1). */
const MAX_ADDRESS_CHARACTERS = 320;
/** `\` because writers of vCard 3.0 escape what stands in a URI. */
const DATA_URI = /^data:([a-z0-9.+/-]{0,100})(?:\\?;[a-z0-9=-]{1,60}){0,5}\\?;base64\\?,/i;
const KEY_TYPES = new Set(['', 'application/pgp-keys', 'application/pgp', 'application/octet-stream']);
const ARMOR = '-----BEGIN PGP PUBLIC KEY BLOCK-----';

/**
 * The people of a vCard text, version 4 (RFC 6350), 3.0 (RFC 2426) or 2.1: at most 50, only those with an EMAIL. Their
 * key is what KEY holds itself; one that would have to be fetched is left out. Undefined when the text holds no card at
 * all or more than MAX_CARD_CHARACTERS. Never throws.
 */
export function readCards(text: string): ContactCard[] | undefined {
  if (text.length > MAX_CARD_CHARACTERS) return undefined;
  const cards = readCardLines(text);
  return cards.length === 0 ? undefined : cards.flatMap((lines) => readCard(lines) ?? []);
}

function readCard(lines: CardLines): ContactCard | undefined {
  const version =
    lines.map((line) => /^version\s*:\s*([0-9.]{1,5})\s*$/i.exec(line)?.[1]).find((found) => found !== undefined) ??
    '3.0';
  const properties = lines.flatMap((line) => readCardProperty(line, version) ?? []);
  const addresses = addressesOf(properties);
  if (addresses.length === 0) return undefined;
  const key = keyOf(properties);
  return {
    name: nameOf(properties) || cardName(addresses[0]?.split('@')[0] ?? ''),
    addresses,
    ...(key ? { key } : {}),
  };
}

function addressesOf(properties: readonly CardProperty[]): string[] {
  const given = valuesOf(properties, 'email').map((value) =>
    value
      .slice(0, MAX_ADDRESS_CHARACTERS)
      .replace(/\p{Cc}/gu, '')
      .trim(),
  );
  return [...new Set(given)].filter((address) => address !== '').slice(0, MAX_ADDRESSES);
}

/** FN, or else given and family name out of N, in which the family comes first. */
function nameOf(properties: readonly CardProperty[]): string {
  const [formatted = ''] = valuesOf(properties, 'fn');
  const [family = '', given = ''] = properties.find(({ name }) => name === 'n')?.values ?? [];
  return cardName(formatted) || cardName(`${given} ${family}`);
}

function keyOf(properties: readonly CardProperty[]): Uint8Array | undefined {
  const keys = properties.filter(({ name }) => name === 'key').flatMap((property) => readKey(property) ?? []);
  return keys.find(({ byteLength }) => byteLength > 0 && byteLength <= MAX_KEY_BLOCK_BYTES);
}

function readKey({ values: [value = ''], parameters }: CardProperty): Uint8Array | undefined {
  const uri = DATA_URI.exec(value);
  if (uri) return KEY_TYPES.has((uri[1] ?? '').toLowerCase()) ? readBase64(value.slice(uri[0].length)) : undefined;
  if (/^(b|base64)$/.test(parameters.get('encoding') ?? ''))
    return /x509/.test(parameters.get('type') ?? '') ? undefined : readBase64(value);
  return value.trimStart().startsWith(ARMOR) ? Buffer.from(value, 'utf8') : undefined;
}

const valuesOf = (properties: readonly CardProperty[], name: string): string[] =>
  properties.filter((property) => property.name === name).flatMap(({ values }) => values[0] ?? []);
