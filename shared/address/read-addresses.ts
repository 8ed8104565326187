import { addressPieces, type AddressPiece } from './address-pieces';
import { asciiLowerCase, isSameMailbox } from './mailbox-of';
import { isMailto, readMailto } from './mailto-uri';
import { withWholeNames } from './whole-names';

/** Why a text is not one address: it has none, it names two, or it is written as no address is. */
export type ReadProblem = 'no-at' | 'several' | 'unreadable';

/**
 * One entry of a text of addresses. An `address` is in small letters; whether anybody can have it is not checked
 * here.
 */
export type ReadAddress =
  | { readonly outcome: 'address'; readonly address: string }
  | { readonly outcome: 'refused'; readonly text: string; readonly problem: ReadProblem };

/**
 * Reads what a person typed, pasted or scanned as a list of addresses (RFC 5322, 3.4; RFC 6068): bare, in angle
 * brackets behind a name, quoted names, comments, groups, `mailto:` URIs; between commas, semicolons, line ends or
 * blanks. An entry is read whole or refused, and never cut: a piece of an address is somebody else's. Each address
 * comes once. Takes time in proportion to the text.
 */
export function readAddresses(text: string): ReadAddress[] {
  const known = new Set<string>();
  return entriesOf(withWholeNames(addressPieces(text)))
    .flatMap((entry) => readEntry(entry, text))
    .filter((entry) => entry.outcome === 'refused' || (!known.has(entry.address) && known.add(entry.address)));
}

/** The pieces between separators; a new entry also begins where something follows the bracket of the one before. */
function entriesOf(pieces: readonly AddressPiece[]): AddressPiece[][] {
  const entries: AddressPiece[][] = [[]];
  const now = { isClosed: false, namesOne: false };
  for (const piece of pieces) {
    if (begins(piece, now.isClosed)) {
      entries.push([]);
      now.isClosed = now.namesOne = false;
    }
    // «Friends: bob@…» names a group, or the field of a header; no person.
    if (piece.kind === 'label' && !now.namesOne) entries[entries.length - 1] = [];
    else if (piece.kind !== 'end') entries.at(-1)?.push(piece);
    now.isClosed = now.isClosed || isTarget(piece);
    now.namesOne = now.namesOne || piece.text.includes('@');
  }
  return entries.map(withoutBullet).filter((entry) => entry.length > 0);
}

/** What people write before each line of a list. */
const BULLET = /^(?:[-*–—•‣◦▪▫·●○■□▶►→⇒]|\d{1,3}\.)$/u;

function withoutBullet(entry: AddressPiece[]): AddressPiece[] {
  const [first, next] = entry;
  const isBullet = first?.kind === 'word' && BULLET.test(first.text) && next !== undefined && next.from > first.to;
  return isBullet ? entry.slice(1) : entry;
}

const isTarget = ({ kind }: AddressPiece): boolean => kind === 'angle' || kind === 'mailto';
const begins = (piece: AddressPiece, isClosed: boolean): boolean =>
  piece.kind === 'end' || (isClosed && (isTarget(piece) || piece.kind === 'word' || piece.kind === 'name'));

function readEntry(entry: readonly AddressPiece[], whole: string): ReadAddress[] {
  const text = whole.slice(entry[0]?.from, entry.at(-1)?.to);
  const target = entry.find(isTarget);
  const hasAt = entry.some((piece) => piece.text.includes('@'));
  if (!target && !hasAt && bare(text) === '') return [];
  const read = target || hasAt ? addressesOf(entry, target) : 'no-at';
  if (typeof read === 'string') return [{ outcome: 'refused', text, problem: read }];
  return read.map((address) => ({ outcome: 'address', address }));
}

function addressesOf(entry: readonly AddressPiece[], target: AddressPiece | undefined): string[] | ReadProblem {
  if (entry.some(({ kind }) => kind === 'broken' || kind === 'label')) return 'unreadable';
  const addresses = target ? insideOf(target) : bareAddresses(entry);
  if (addresses?.length === 0) return 'no-at';
  if (!addresses?.every(isOneWord)) return 'unreadable';
  const names = entry.filter((piece) => piece !== target && (target !== undefined || piece.kind !== 'word'));
  return names.some((name) => namesAnother(name, addresses)) ? 'several' : addresses;
}

/** The addresses in angle brackets or a URI; undefined when they cannot be read. */
function insideOf({ kind, text }: AddressPiece): string[] | undefined {
  const inside = kind === 'angle' ? text.slice(1, -1).trim() : text;
  if (isMailto(inside)) return readMailto(inside)?.to.map((to) => asciiLowerCase(trimmedEnd(to)));
  return inside === '' ? [] : [unwrapped(bare(inside))];
}

/** Addresses without brackets. Other words beside them could be the beginning of one that a blank has cut. */
function bareAddresses(entry: readonly AddressPiece[]): string[] | undefined {
  const words = entry.filter(({ kind, text }) => kind === 'word' && bare(text) !== '');
  const [only, ...others] = entry.filter(({ kind }) => kind === 'comment');
  if (words.length === 0 && only && others.length === 0) return [unwrapped(bare(only.text.slice(1, -1)))];
  return words.every(({ text }) => text.includes('@')) ? words.map(({ text }) => bare(text)) : undefined;
}

/** Invisible characters that change no address; what turns the direction of others is not among them. */
const IGNORED = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
/** What people write around an address, and no address begins with. */
const BEFORE = /^[[“”„«»‹›‘’「『（【\u200e\u200f\u202a-\u202c\u2066-\u2069]+/u;
/** What people write behind an address: no onion name ends with it. */
const BEHIND = /[\]“”„«»‹›‘’」』）】.!?…。\u200e\u200f\u202a-\u202c\u2066-\u2069]+$/u;

/** A word as it was meant, without the punctuation around it, in small letters. */
function bare(word: string): string {
  const plain = asciiLowerCase(trimmedEnd(word.replace(IGNORED, '').replace(BEFORE, '')));
  return plain.startsWith("'") && plain.endsWith("'") ? plain.slice(1, -1) : plain;
}

/** Cuts from the end, since a pattern that looks for the end begins anew at each character. */
function trimmedEnd(word: string): string {
  let end = word.length;
  while (end > 0 && BEHIND.test(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/**
 * A long onion name is often wrapped; its checksum tells whether the lines belong together. Names before `@` have
 * none.
 */
function unwrapped(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at + 1) + address.slice(at + 1).replace(/\s+/gu, '');
}

const isOneWord = (address: string): boolean => /^[^\s<>(),;:"]+@[^\s<>(),;:"'@]+$/u.test(address);

/** A name that is the address of somebody else: whom the writer meant cannot be told. */
function namesAnother({ text }: AddressPiece, addresses: readonly string[]): boolean {
  const said = text.split(/[\s<>()",;:]+/u).filter((word) => /.@./u.test(word));
  return said.some((word) => !addresses.some((address) => isSameMailbox(bare(word), address)));
}
