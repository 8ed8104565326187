import { BREAKS, CLOSES, isBlock, VOID } from './elements';
import type { Attributes, TagReader } from './read-tags';
import { LinkWords } from './link-words';
import { TextWriter } from './text-writer';
import { areWordsSeen, isShown } from '../../../../shared/html/seen';
import { endsScope, scopeOf, type Scope } from '../../../../shared/html/scope-of';
import { PAGE, visibilityIn, type Visibility } from './visibility';

/** An element that is open: how its words are seen, and what of it is written at its end. */
type Open = {
  readonly name: string;
  readonly visibility: Visibility;
  readonly isSeen: boolean;
  readonly isBlock: boolean;
  /** How many blocks of a name are open in the scopes that this block stands in; undefined in words. */
  readonly scopes: Scopes | undefined;
  /** Words that are open right in this block, by name; made with the first. */
  inline: Map<string, number> | undefined;
  /** Number of the next item of this list, undefined when its items have no numbers. */
  item: number | undefined;
};

type Counts = Map<string, number>;
type Scopes = Readonly<Record<Scope, Counts>>;

/** Browsers, too, nest no deeper. What stands deeper is read as if its tags were not there. */
const MAX_DEPTH = 512;
const LISTS = new Set(['ul', 'ol', 'menu', 'dir']);

/** Turns the tags of a page into the text that is seen of it. */
export class PageText implements TagReader {
  readonly #writer = new TextWriter();
  readonly #open: Open[] = [];
  /** How many elements of a name are open. */
  readonly #counts = new Map<string, number>();
  readonly #blocks: Open[] = [];
  readonly #pageScopes: Scopes = { cells: new Map(), list: new Map(), table: new Map() };
  /** Words that are open outside of every block. */
  readonly #top = new Map<string, number>();
  readonly #link = new LinkWords();
  #hasPictures = false;

  get hasPictures(): boolean {
    return this.#hasPictures;
  }

  result(): string {
    this.#endLink();
    return this.#writer.text();
  }

  open(name: string, attributes: Attributes): void {
    if (this.#writer.isFull) return;
    this.#closeBefore(name);
    const visibility = visibilityIn(this.#visibility(), name, attributes);
    if (VOID.has(name)) this.#void(name, { attributes, isShown: isShown(visibility) });
    else if (this.#open.length < MAX_DEPTH) this.#push(name, { attributes, visibility });
  }

  close(name: string): void {
    if (this.#isOpen(name)) this.#closeTop(name);
    else if (name === 'p' && isShown(this.#visibility())) this.#writer.breakBlock(2);
    else if (name === 'br') this.#void(name, { attributes: new Map(), isShown: isShown(this.#visibility()) });
  }

  text(text: string): void {
    const visibility = this.#visibility();
    if (!areWordsSeen(visibility)) return;
    if (visibility.isPre) this.#writer.lines(text);
    else this.#writer.words(text);
    this.#link.add(text);
  }

  #visibility(): Visibility {
    return this.#open.at(-1)?.visibility ?? PAGE;
  }

  /** Counts words right in the innermost block. */
  #countInline(name: string, by: 1 | -1): void {
    const block = this.#blocks.at(-1);
    if (block) block.inline ??= new Map();
    count(block?.inline ?? this.#top, name, by);
  }

  #isOpen(name: string): boolean {
    const block = this.#blocks.at(-1);
    const scopes = block?.scopes ?? this.#pageScopes;
    const counts = isBlock(name) ? scopes[scopeOf(name)] : block ? block.inline : this.#top;
    return (counts?.get(name) ?? 0) > 0;
  }

  #push(name: string, o: { attributes: Attributes; visibility: Visibility }): void {
    const { visibility } = o;
    const place = { isBlock: isBlock(name), inline: undefined, item: undefined };
    const scopes = place.isBlock ? this.#beginScopes(name) : undefined;
    const element: Open = { name, visibility, isSeen: isShown(visibility), scopes, ...place };
    if (name === 'a' && element.isSeen) this.#beginLink(o.attributes.get('href'));
    if (element.isSeen) this.#begin(element, o.attributes);
    count(this.#counts, name, 1);
    if (element.isBlock) this.#blocks.push(element);
    else this.#countInline(name, 1);
    this.#open.push(element);
  }

  /** Closes all that stands in the innermost element of that name, and it. */
  #closeTop(name: string): void {
    for (let element = this.#open.pop(); element; element = this.#open.pop()) {
      count(this.#counts, element.name, -1);
      if (element.isBlock) this.#endBlock(element);
      else this.#countInline(element.name, -1);
      if (element.isSeen) this.#end(element);
      if (element.name === name) return;
    }
  }

  /** Counts a block in the scopes around it; with some blocks begins a scope. */
  #beginScopes(name: string): Scopes {
    const around = this.#blocks.at(-1)?.scopes ?? this.#pageScopes;
    const scope = (of: Scope): Counts => (endsScope(of, name) ? new Map() : around[of]);
    const scopes = { cells: scope('cells'), list: scope('list'), table: scope('table') };
    for (const counts of Object.values(scopes)) count(counts, name, 1);
    return scopes;
  }

  #endBlock({ name, scopes }: Open): void {
    this.#blocks.pop();
    for (const counts of Object.values(scopes ?? {})) count(counts, name, -1);
  }

  /** Closes what ends where this begins, though nobody wrote its end. */
  #closeBefore(name: string): void {
    if (BREAKS.has(name) && this.#blocks.at(-1)?.name === 'p') this.#closeTop('p');
    for (const closed of CLOSES.get(name) ?? []) {
      if (this.#blocks.at(-1)?.name === closed) this.#closeTop(closed);
    }
  }

  #begin(element: Open, attributes: Attributes): void {
    const { name } = element;
    this.#break(name);
    if (name === 'td' || name === 'th') this.#writer.separate();
    if (name === 'blockquote') this.#writer.quote(1);
    if (LISTS.has(name)) this.#writer.indent(1);
    if (name === 'ol') element.item = startOf(attributes.get('start'));
    if (name === 'li') this.#writer.mark(this.#nextMark());
  }

  #end({ name }: Open): void {
    if (name === 'a') this.#endLink();
    if (name === 'li') this.#writer.mark('');
    this.#break(name);
    if (name === 'blockquote') this.#writer.quote(-1);
    if (LISTS.has(name)) this.#writer.indent(-1);
  }

  /** A list in a list stands close to its item. */
  #break(name: string): void {
    const lines = BREAKS.get(name);
    const isNested = LISTS.has(name) && (this.#counts.get('li') ?? 0) > 0;
    if (lines !== undefined) this.#writer.breakBlock(isNested ? 1 : lines);
  }

  #nextMark(): string {
    const list = this.#blocks.at(-1);
    if (list?.item === undefined) return '- ';
    list.item += 1;
    return `${String(list.item - 1)}. `;
  }

  #void(name: string, o: { attributes: Attributes; isShown: boolean }): void {
    if (!o.isShown) return;
    if (name === 'br') {
      this.#link.add(' ');
      this.#writer.endLine();
    } else if (name === 'hr') this.#writer.breakBlock(2);
    else if (name === 'img') {
      this.#hasPictures = true;
      const words = o.attributes.get('alt') ?? '';
      this.#writer.words(words);
      this.#link.add(words);
    }
  }

  #beginLink(target: string | undefined): void {
    this.#endLink();
    if (target !== undefined) this.#link.begin(target);
  }

  #endLink(): void {
    const target = this.#link.end();
    if (target !== undefined) this.#writer.words(` <${target}>`);
  }
}

function count(counts: Counts, name: string, by: 1 | -1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function startOf(value: string | undefined): number {
  return /^\s*-?\d{1,9}/.test(value ?? '') ? Number.parseInt(value ?? '', 10) : 1;
}
