import { Tokenizer, type TokenizerCallbacks as TokenCallbacks } from 'htmlparser2';

/** Attributes by name, in lower case; of those that stand twice the first counts. */
export type Attributes = ReadonlyMap<string, string>;

/** What a page consists of, in order. */
export type TagReader = {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
};

/** The attributes that say what is seen. */
const OF_SEEN: ReadonlySet<string> = new Set([
  'alt',
  'color',
  'hidden',
  'href',
  'open',
  'size',
  'start',
  'style',
  'type',
]);
/** Characters of one attribute; a longer one counts as cut off. */
export const MAX_ATTRIBUTE = 8_000;

const NONE: Attributes = new Map();

/**
 * Reads the tags of a page in one pass (WHATWG HTML 13.2.5, by htmlparser2), whatever is wrong with it. Entities are
 * decoded, comments and declarations passed over; a tag that is never closed hides the rest, as in a browser.
 * @param kept names of attributes; the others are passed over
 */
export function readTags(html: string, reader: TagReader, kept: ReadonlySet<string> = OF_SEEN): void {
  const tokenizer = new Tokenizer({ decodeEntities: true }, new Tokens(html, { reader, kept }));
  tokenizer.write(html);
  tokenizer.end();
}

/** Makes tags of what the tokenizer tells, which are places in the page. */
class Tokens implements TokenCallbacks {
  readonly #html: string;
  readonly #reader: TagReader;
  readonly #kept: ReadonlySet<string>;
  readonly #longest: number;
  /** The tag that is read. */
  #name = '';
  /** Made with the first of them: most tags of a large page have none. */
  #attributes: Map<string, string> | undefined;
  #attribute: string | undefined;
  #pieces: string[] = [];
  /** Text that is not told yet: it comes in pieces, in the worst case a character each. */
  #textStart = 0;
  #textEnd = 0;

  constructor(html: string, { reader, kept }: { readonly reader: TagReader; readonly kept: ReadonlySet<string> }) {
    this.#html = html;
    this.#reader = reader;
    this.#kept = kept;
    this.#longest = Math.max(...[...kept].map(({ length }) => length));
  }

  onopentagname(start: number, end: number): void {
    this.#endText();
    this.#name = this.#html.slice(start, end).toLowerCase();
    this.#attributes = undefined;
    this.#attribute = undefined;
  }

  onattribname(start: number, end: number): void {
    const name = end - start > this.#longest ? '' : this.#html.slice(start, end).toLowerCase();
    this.#attribute = this.#kept.has(name) && this.#attributes?.has(name) !== true ? name : undefined;
    this.#pieces = [];
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute !== undefined) this.#pieces.push(this.#html.slice(start, end));
  }

  onattribentity(code: number): void {
    if (this.#attribute !== undefined) this.#pieces.push(String.fromCodePoint(code));
  }

  onattribend(): void {
    if (this.#attribute === undefined) return;
    this.#attributes ??= new Map();
    this.#attributes.set(this.#attribute, this.#pieces.join('').slice(0, MAX_ATTRIBUTE));
    this.#attribute = undefined;
  }

  onopentagend(): void {
    this.#reader.open(this.#name, this.#attributes ?? NONE);
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    this.#endText();
    this.#reader.close(this.#html.slice(start, end).trim().toLowerCase());
  }

  ontext(start: number, end: number): void {
    if (start !== this.#textEnd) {
      this.#endText();
      this.#textStart = start;
    }
    this.#textEnd = end;
  }

  ontextentity(code: number): void {
    this.#endText();
    this.#reader.text(String.fromCodePoint(code));
  }

  onend(): void {
    this.#endText();
  }

  oncdata(): void {
    // A page has none; what looks like one is a comment.
  }

  oncomment(): void {
    // Nobody sees it.
  }

  ondeclaration(): void {
    // It says how to read the page, not what is in it.
  }

  onprocessinginstruction(): void {
    // A comment in HTML.
  }

  #endText(): void {
    if (this.#textEnd > this.#textStart) this.#reader.text(this.#html.slice(this.#textStart, this.#textEnd));
    this.#textStart = this.#textEnd;
  }
}
