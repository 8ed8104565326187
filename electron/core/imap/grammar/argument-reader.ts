import { MAX_LIST_ITEMS, MAX_NESTING } from '../../domain/client-limits';
import type { CommandPart } from '../wire/command-part';
import { BadCommand } from './bad-command';

const ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
/** An atom in which `]` may stand. */
const ASTRING_ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y;
const NUMBER = /\d{1,20}/y;
const QUOTED = /"((?:[^"\\\r\n\0]|\\["\\])*)"/y;

/** The words of a command, one after another, as RFC 9051 9 names them. All methods throw `BadCommand`. */
export class ArgumentReader {
  #part = 0;
  #at = 0;
  #depth = 0;

  /** Texts and literals take turns, as `CommandPart` says. */
  constructor(private readonly parts: readonly CommandPart[]) {}

  get isAtEnd(): boolean {
    return this.#part === this.parts.length - 1 && this.#at === this.#text.length;
  }

  /** The next character, '' where a literal begins or the command ends. */
  get next(): string {
    return this.#text[this.#at] ?? '';
  }

  end(): void {
    if (!this.isAtEnd) throw new BadCommand('Too many arguments');
  }

  space(): void {
    this.expect(' ');
  }

  /** Whether there is another argument; takes the blank before it. */
  more(): boolean {
    return this.skip(' ');
  }

  expect(text: string): void {
    if (!this.skip(text)) throw new BadCommand(text === ' ' ? 'Missing argument' : `Missing ${text}`);
  }

  /** Takes this text if it comes next, in whatever case. */
  skip(text: string): boolean {
    const found = this.#text.slice(this.#at, this.#at + text.length);
    if (found.toUpperCase() !== text.toUpperCase()) return false;
    this.#at += text.length;
    return true;
  }

  /** What the sticky pattern finds here, if anything. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  atom(): string {
    const found = this.match(ATOM);
    if (!found) throw new BadCommand('An atom is missing');
    return found[0];
  }

  /** An atom in capitals: the name of a command, an item, a key. */
  word(): string {
    return this.atom().toUpperCase();
  }

  /** Of 32 bits, or of 63 (RFC 7162) where `max` says so. */
  number(max = 0xffff_ffff): number {
    const found = this.match(NUMBER);
    const value = Number(found?.[0] ?? Number.NaN);
    if (!(value <= max)) throw new BadCommand('A number is missing or too large');
    return value;
  }

  nonZeroNumber(): number {
    const value = this.number();
    if (value === 0) throw new BadCommand('0 is no such number');
    return value;
  }

  /** A quoted string or a literal, as octets. */
  stringOctets(): Uint8Array {
    const literal = this.literal();
    if (literal) return literal.octets;
    const quoted = this.match(QUOTED);
    if (!quoted) throw new BadCommand('A string is missing or does not end');
    return Buffer.from((quoted[1] ?? '').replaceAll(/\\(.)/g, '$1'), 'latin1');
  }

  string(): string {
    return asText(this.stringOctets());
  }

  astringOctets(): Uint8Array {
    if (this.next === '"' || this.next === '') return this.stringOctets();
    const found = this.match(ASTRING_ATOM);
    if (!found) throw new BadCommand('A string is missing');
    return Buffer.from(found[0], 'latin1');
  }

  astring(): string {
    return asText(this.astringOctets());
  }

  /** `NIL` or a string. */
  nstring(): string | undefined {
    return this.match(/NIL(?=[ )]|$)/iy) ? undefined : this.string();
  }

  /** The literal that comes next, if one does. */
  literal(): { readonly octets: Uint8Array; readonly isBinary: boolean } | undefined {
    const part = this.parts[this.#part + 1];
    if (this.#at < this.#text.length || !part || !('literal' in part)) return undefined;
    this.#part += 2;
    this.#at = 0;
    return { octets: part.literal, isBinary: part.isBinary };
  }

  /** `(` items with a blank between `)`; the list may be empty. */
  list<T>(item: () => T): T[] {
    this.expect('(');
    return this.nested(() => {
      const items: T[] = [];
      if (this.skip(')')) return items;
      do {
        if (items.length === MAX_LIST_ITEMS) throw new BadCommand('The list is too long');
        items.push(item());
      } while (this.more());
      this.expect(')');
      return items;
    });
  }

  /** Reads what may hold itself. */
  nested<T>(read: () => T): T {
    if (this.#depth === MAX_NESTING) throw new BadCommand('Nested too deep');
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  get #text(): string {
    const part = this.parts[this.#part];
    return part && 'text' in part ? part.text : '';
  }
}

/** Throws `BadCommand` for what is no UTF-8. */
function asText(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new BadCommand('Text must be UTF-8');
  }
}
