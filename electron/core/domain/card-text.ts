import type { AddressProblem } from '../../../shared/contact';
import { Fingerprint, type MailAddress } from '../../../shared/ids';
import { present } from '../../../shared/present';
import { checkTypedAddress, type OnionCheck } from './mail-address';

/** What a scanned or pasted text says, before it is compared with anything. */
export type CardText =
  | {
      readonly outcome: 'card';
      readonly address: MailAddress;
      readonly fingerprint?: Fingerprint;
      readonly code?: string;
    }
  | { readonly outcome: 'refused'; readonly problem: 'not-a-card' | 'several-addresses' | 'fingerprint-invalid' }
  | {
      readonly outcome: 'refused';
      readonly problem: 'address-invalid';
      readonly addressProblem: AddressProblem;
      readonly text: string;
    };

/** Characters that end an address in running text, in a `mailto:` list and in a query. */
const DELIMITERS = /[\s<>,;:?&"'()[\]]+/;

const MAX_FIELDS = 50;

/** Twelve random octets and more in base64url. */
const CODE = /^[A-Za-z0-9_-]{16,64}$/;

/** The URI of a card's QR code (RFC 6068): the address, its key, and on screen a one-time code. */
export function writeCardUri(card: {
  readonly address: MailAddress;
  readonly fingerprint: Fingerprint;
  readonly code?: string;
}): string {
  const code = card.code === undefined ? '' : `&code=${card.code}`;
  return `mailto:${card.address}?fpr=${card.fingerprint}${code}`;
}

/**
 * Reads the text of a code: a `mailto:` URI with `fpr` and `code`, or an address alone. A text with two addresses is
 * refused, because it does not say which one the key belongs to; so is a key that is named but cannot be read.
 */
export function readCardText(text: string, checkOnion: OnionCheck): CardText {
  const query = queryOf(text);
  const found = addressesIn(withoutQuery(text));
  const [first] = found;
  if (first === undefined) return { outcome: 'refused', problem: 'not-a-card' };
  if (found.length > 1 || query.has('to')) return { outcome: 'refused', problem: 'several-addresses' };
  const checked = checkTypedAddress(first, checkOnion);
  if (checked.outcome === 'invalid')
    return { outcome: 'refused', problem: 'address-invalid', addressProblem: checked.problem, text: first };
  const fingerprint = fingerprintOf(query);
  if (fingerprint === 'invalid') return { outcome: 'refused', problem: 'fingerprint-invalid' };
  const [code] = query.get('code') ?? [];
  return {
    outcome: 'card',
    address: checked.address,
    ...present({ fingerprint }),
    ...(code !== undefined && CODE.test(code) ? { code } : {}),
  };
}

/** By cutting, not by searching: a pattern would go back and forth for minutes in a hostile text. */
function addressesIn(text: string): string[] {
  const words = text.split(DELIMITERS).filter((word) => /.@./.test(word));
  return [...new Set(words.map((word) => word.replace(/\.$/, '').toLowerCase()))];
}

function withoutQuery(text: string): string {
  return isUri(text) ? text.slice(0, text.indexOf('?')) : text;
}

type Query = ReadonlyMap<string, readonly string[]>;

/**
 * Fields of the query by name (RFC 6068, 2); at most as many as a card could have, so that a text of nothing but `&` is
 * no work.
 */
function queryOf(text: string): Query {
  const query = new Map<string, string[]>();
  if (!isUri(text)) return query;
  for (const field of text.slice(text.indexOf('?') + 1).split('&', MAX_FIELDS)) {
    const [name = '', ...value] = field.split('=');
    query.set(name.toLowerCase(), [...(query.get(name.toLowerCase()) ?? []), decoded(value.join('='))]);
  }
  return query;
}

/** A value with wrong percent-encoding stays as it is; it cannot be a fingerprint then. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function isUri(text: string): boolean {
  return /^\s*mailto:/i.test(text) && text.includes('?');
}

function fingerprintOf(query: Query): Fingerprint | 'invalid' | undefined {
  const named = query.get('fpr') ?? [];
  if (named.length === 0) return undefined;
  const read = Fingerprint.safeParse(named[0]?.replace(/\s/g, '').toUpperCase());
  return named.length === 1 && read.success ? read.data : 'invalid';
}

/** Positions at which two texts differ, over the length of the longer. */
export function differences(one: string, other: string): number[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, index) => index).filter((index) => one[index] !== other[index]);
}

/** Letters by which a look-alike may differ and still be taken for the other. */
const MAX_DIFFERENT_LETTERS = 6;
/** Letters at the beginning of an onion name that people look at. */
const READ_LETTERS = 6;

/**
 * Could a person take `text` for `known`? A few letters apart, or the same name before the same first letters of the
 * onion.
 */
export function looksLike(text: string, known: MailAddress): boolean {
  if (text === known) return false;
  if (text.length === known.length && differences(text, known).length <= MAX_DIFFERENT_LETTERS) return true;
  const beginning = known.slice(0, known.lastIndexOf('@') + 1 + READ_LETTERS);
  return text.startsWith(beginning);
}
