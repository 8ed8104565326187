import type { AddressProblem } from '../../../shared/contact';
import { Fingerprint, type MailAddress } from '../../../shared/ids';
import { present } from '../../../shared/present';
import { asciiLowerCase } from '../../../shared/address/mailbox-of';
import { isMailto, mailtoUri, readMailto, type MailtoUri } from '../../../shared/address/mailto-uri';
import { readAddresses, type ReadAddress } from '../../../shared/address/read-addresses';
import { checkRead, type OnionCheck } from './mail-address';

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

/** Twelve random octets and more in base64url. */
const CODE = /^[A-Za-z0-9_-]{16,64}$/;

/** The URI of a card's QR code (RFC 6068): the address, its key, and on screen a one-time code. */
export function writeCardUri(card: {
  readonly address: MailAddress;
  readonly fingerprint: Fingerprint;
  readonly code?: string;
}): string {
  const code = card.code === undefined ? '' : `&code=${card.code}`;
  return `${mailtoUri(card.address)}?fpr=${card.fingerprint}${code}`;
}

/**
 * Reads the text of a code: a `mailto:` URI with `fpr` and `code`, an address alone, or a sentence with one address.
 * A text with two addresses is refused, because it does not say which one the key belongs to; so is a key that is
 * named but cannot be read, and an address that could be the rest of a longer one.
 */
export function readCardText(text: string, checkOnion: OnionCheck): CardText {
  const trimmed = text.trim();
  const alone = trimmed.startsWith('<') && trimmed.endsWith('>') ? trimmed.slice(1, -1).trim() : trimmed;
  return isMailto(alone) ? readUri(alone, checkOnion) : readPlain(trimmed, checkOnion);
}

function readUri(text: string, checkOnion: OnionCheck): CardText {
  const uri = readMailto(text);
  if (uri === undefined) return addressInvalid('unreadable', text);
  if (uri.fields.has('to') || new Set(uri.to).size > 1) return { outcome: 'refused', problem: 'several-addresses' };
  const [address] = uri.to;
  if (address === undefined) return { outcome: 'refused', problem: 'not-a-card' };
  return cardOf({ outcome: 'address', address: asciiLowerCase(address) }, uri.fields, checkOnion);
}

function readPlain(text: string, checkOnion: OnionCheck): CardText {
  const named = readAddresses(text).filter((entry) => /.@./su.test(entryText(entry)));
  const [first, ...others] = named;
  if (first === undefined) return { outcome: 'refused', problem: 'not-a-card' };
  if (others.length > 0 || problemOf(first) === 'several') return { outcome: 'refused', problem: 'several-addresses' };
  const entry = problemOf(first) === 'unreadable' ? inSentence(entryText(first)) : first;
  if (entry === undefined || isRest(text.slice(0, asciiLowerCase(text).indexOf(entryText(entry)))))
    return addressInvalid('unreadable', entryText(first));
  return cardOf(entry, new Map(), checkOnion);
}

const entryText = (entry: ReadAddress): string => (entry.outcome === 'address' ? entry.address : entry.text);
const problemOf = (entry: ReadAddress): string | undefined => (entry.outcome === 'refused' ? entry.problem : undefined);

/** What stands at the end of a line or word when an address was broken there: the rest is somebody else's address. */
const MAY_GO_ON = /[#$%&'*/=^_`{|}~+-]$/u;
/** What may touch an address in front; after anything else, «alice;bob@…», it would be the rest of a longer word. */
const OPENS = /(?:^|[\s<([“”„«»‹›‘’「『（【\u200e\u200f\u202a-\u202c\u2066-\u2069]|mailto:)$/iu;
/** A word alone in the line above, in small letters or with a dot at its end, may be its beginning. */
const BROKEN_LINE = /(?:^|[\r\n])[^\S\r\n]*(?:[^\s\p{Lu}]\S*|\S+\.)[^\S\r\n]*[\r\n]\s*$/u;

/** Whether an address behind this text could be the rest of one that begins in it. */
function isRest(before: string): boolean {
  if (!OPENS.test(before) || MAY_GO_ON.test(before.trimEnd())) return true;
  return BROKEN_LINE.test(before.slice(-MOST_BEFORE)) && !/[:!?]\s*$/u.test(before);
}

/** Characters before an address that are looked at: a text may have 600,000. */
const MOST_BEFORE = 500;

/**
 * The one address in the words of a sentence. One word before it is no sentence: «bob smith@…» is an address that was
 * written with a blank.
 */
function inSentence(text: string): ReadAddress | undefined {
  const words = text.split(/\s+/u);
  const at = words.findIndex((word) => word.includes('@'));
  if (at === 1 || words.some((word, index) => index !== at && word.includes('@'))) return undefined;
  const [entry, ...more] = readAddresses(words[at] ?? '');
  return more.length === 0 && entry?.outcome === 'address' ? entry : undefined;
}

function cardOf(entry: ReadAddress, fields: MailtoUri['fields'], checkOnion: OnionCheck): CardText {
  const checked = checkRead(entry, checkOnion);
  if (checked.outcome === 'invalid') return addressInvalid(checked.problem, entryText(entry));
  const fingerprint = fingerprintOf(fields);
  if (fingerprint === 'invalid') return { outcome: 'refused', problem: 'fingerprint-invalid' };
  const [code] = fields.get('code') ?? [];
  return {
    outcome: 'card',
    address: checked.address,
    ...present({ fingerprint }),
    ...(code !== undefined && CODE.test(code) ? { code } : {}),
  };
}

const addressInvalid = (addressProblem: AddressProblem, text: string): CardText => ({
  outcome: 'refused',
  problem: 'address-invalid',
  addressProblem,
  text,
});

/** Groups of a fingerprint may stand apart; some programs write `+` for a blank. */
function fingerprintOf(fields: MailtoUri['fields']): Fingerprint | 'invalid' | undefined {
  const named = fields.get('fpr') ?? [];
  if (named.length === 0) return undefined;
  const read = Fingerprint.safeParse(named[0]?.replace(/[\s+]/gu, '').toUpperCase());
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
