const SIGNATURE = '-- ';

/**
 * Text of `format=flowed` (RFC 3676 4) with its paragraphs on one line each. Quoted lines are joined with lines of the
 * same depth only, and a quotation is written as `> ` or `>> `. `isSpaceDeleted` is DelSp: the space that joins is no
 * part of the text.
 */
export function unflow(text: string, isSpaceDeleted: boolean): string {
  const paragraphs = new Paragraphs(isSpaceDeleted);
  // One line at a time: millions of empty ones would fill the memory.
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    end = text.indexOf('\n', start);
    paragraphs.add(text.slice(start, end < 0 ? undefined : end));
  }
  return paragraphs.text();
}

class Paragraphs {
  readonly #written: string[] = [];
  readonly #isSpaceDeleted: boolean;
  /** Words of the paragraph that goes on; undefined when none does. */
  #open: string | undefined;
  #depth = 0;

  constructor(isSpaceDeleted: boolean) {
    this.#isSpaceDeleted = isSpaceDeleted;
  }

  add(line: string): void {
    const depth = depthOf(line);
    const words = wordsOf(line, depth);
    if (depth !== this.#depth || words === SIGNATURE) this.#end();
    this.#depth = depth;
    const isFlowed = words.endsWith(' ') && words !== SIGNATURE;
    this.#open = (this.#open ?? '') + (isFlowed && this.#isSpaceDeleted ? words.slice(0, -1) : words);
    if (!isFlowed) this.#end();
  }

  text(): string {
    this.#end();
    return this.#written.join('\n');
  }

  #end(): void {
    if (this.#open !== undefined) this.#written.push(written(this.#depth, this.#open));
    this.#open = undefined;
  }
}

function depthOf(line: string): number {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  return depth;
}

/** One space was put before what begins with a space, with «From » or with a quotation mark. */
const wordsOf = (line: string, depth: number): string => line.slice(line[depth] === ' ' ? depth + 1 : depth);

function written(depth: number, words: string): string {
  const text = words === SIGNATURE || !words.endsWith(' ') ? words : words.slice(0, -1);
  if (depth === 0) return text;
  return text === '' ? '>'.repeat(depth) : `${'>'.repeat(depth)} ${text}`;
}
