import { MAX_HTML_CHARACTERS } from '../../domain/limits';

/** Deeper quotations and lists are written like these: a mark a level, on every line, would make a page of its own. */
const MAX_MARKS = 10;
const INVISIBLE = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b\ufeff]+/g;
const SPACES = /[ \t\n\f\r]+/g;

/**
 * Plain text that is written as a browser lays a page out: blocks on lines of their own, runs of white space as one
 * space, `> ` before quotations, marks before the items of lists.
 */
export class TextWriter {
  readonly #pieces: string[] = [];
  #size = 0;
  /** Line ends that stand before the next word; 0 within a line. */
  #breaks = 0;
  /** Quotations that an empty line among them stands in. */
  #breakQuotes = 0;
  /** What stands before the next word of this line. */
  #gap = '';
  #isLineEmpty = true;
  #quotes = 0;
  #indent = 0;
  #mark = '';

  /** Characters so far; it tells whether something was written in between. */
  get size(): number {
    return this.#size;
  }

  /** Whether more would be too much to keep. */
  get isFull(): boolean {
    return this.#size >= MAX_HTML_CHARACTERS;
  }

  /** Words in which white space says only that they are two. */
  words(text: string): void {
    const plain = text.replace(INVISIBLE, '').replace(SPACES, ' ');
    if (plain === '') return;
    if (plain === ' ') {
      this.#space();
      return;
    }
    if (plain.startsWith(' ')) this.#space();
    const isEndSpace = plain.endsWith(' ');
    this.#write(plain.slice(plain.startsWith(' ') ? 1 : 0, isEndSpace ? -1 : undefined));
    if (isEndSpace) this.#space();
  }

  /** Text as it is laid out by its writer. */
  lines(text: string): void {
    const [first = '', ...others] = text.replace(INVISIBLE, '').split(/\r\n?|\n/);
    if (first !== '') this.#write(first);
    for (const line of others) {
      this.endLine();
      if (line !== '') this.#write(line);
    }
  }

  /** A line end that its writer has set. */
  endLine(): void {
    if (this.#breaks > 0) this.#flushBreaks();
    if (this.#isLineEmpty) this.#beginLine();
    this.#put('\n');
    this.#isLineEmpty = true;
    this.#gap = '';
  }

  /** What comes next stands on another line, after an empty one when `lines` is 2. */
  breakBlock(lines: 1 | 2): void {
    this.#gap = '';
    if (this.#size === 0 || this.#mark !== '') return;
    this.#breakQuotes = this.#breaks === 0 ? this.#quotes : Math.min(this.#breakQuotes, this.#quotes);
    this.#breaks = Math.max(this.#breaks, lines);
  }

  /** What comes next stands apart from what stands on the line, if anything does. */
  separate(): void {
    if (!this.#isLineEmpty && this.#breaks === 0) this.#gap = '\t';
  }

  /** Begins or ends a quotation. */
  quote(by: 1 | -1): void {
    this.#quotes += by;
  }

  /** Begins or ends a list. */
  indent(by: 1 | -1): void {
    this.#indent += by;
  }

  /** The mark of an item, before whatever comes next; '' when the item has ended. */
  mark(mark: string): void {
    this.#mark = mark;
  }

  text(): string {
    return this.#pieces
      .join('')
      .replace(/\u00a0/g, ' ')
      .split('\n')
      .map(withoutEndBlanks)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+/, '')
      .trimEnd();
  }

  #space(): void {
    if (!this.#isLineEmpty && this.#breaks === 0 && this.#gap === '') this.#gap = ' ';
  }

  #write(text: string): void {
    if (this.#breaks > 0) this.#flushBreaks();
    if (this.#isLineEmpty) this.#beginLine();
    this.#put(this.#gap + text);
    this.#gap = '';
  }

  #flushBreaks(): void {
    if (!this.#isLineEmpty) this.#put('\n');
    if (this.#breaks > 1) this.#put(`${quoteMarks(Math.min(this.#breakQuotes, this.#quotes))}\n`);
    this.#breaks = 0;
    this.#gap = '';
    this.#isLineEmpty = true;
  }

  #beginLine(): void {
    const depth = Math.min(Math.max(this.#indent - 1, 0), MAX_MARKS);
    const aside = this.#mark === '' && this.#indent > 0 ? '  ' : this.#mark;
    this.#put(quoteMarks(this.#quotes) + '  '.repeat(depth) + aside);
    this.#mark = '';
    this.#isLineEmpty = false;
  }

  #put(piece: string): void {
    if (this.isFull) return;
    this.#pieces.push(piece);
    this.#size += piece.length;
  }
}

const quoteMarks = (depth: number): string => (depth === 0 ? '' : `${'>'.repeat(Math.min(depth, MAX_MARKS))} `);

/** A line of two dashes comes before a signature, with its space (RFC 3676 4.3). */
function withoutEndBlanks(line: string): string {
  const bare = line.trimEnd();
  return bare === '--' ? '-- ' : bare;
}
