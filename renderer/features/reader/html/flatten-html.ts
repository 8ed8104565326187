import { endsScope, scopeOf } from '../../../../shared/html/scope-of';

/**
 * How deep elements may stand within each other. A browser looks through all that are open for nearly every tag, so
 * that 25,000 in each other would hold the window for seconds; letters of real programs nest tables about 40 deep.
 */
const MOST_DEPTH = 200;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Nobody sees what is in them; of most it is no markup, and of the last a page's head would let the words out. */
const UNSEEN = new Set('script style iframe noembed noframes noscript'.split(' '));
/** Formulas: their words stay, as in the text of the page, and no other namespace begins with them. */
const FORMULA =
  /^(?:math|semantics|m(?:i|n|o|s|text|row|sup|sub|subsup|over|under|underover|frac|sqrt|root|style|table|tr|td|padded|phantom|enclose|error|space|fenced))$/u;
/** The page itself, whose style and ground are of all that is in it: the frame has a body of its own. */
const PAGE = new Set(['html', 'body']);
/** They would take the place of the page's body. */
const FRAMES = new Set(['frameset', 'frame']);
/** What a start tag of the same group ends, and where that stops. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  p: ['p'],
  li: ['li'],
  dd: ['dd', 'dt'],
  dt: ['dd', 'dt'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  tr: ['tr', 'td', 'th'],
  tbody: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th'],
  thead: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th'],
  tfoot: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th'],
  option: ['option'],
};
const WALLS = new Set('table ul ol dl div blockquote'.split(' '));

/** The end of the tag that begins at a place, behind its `>`; -1 when nothing ends it. Quotes hold a value together. */
const tagEnd = (html: string, from: number): number => {
  for (let at = from; at < html.length; at += 1) {
    const letter = html[at];
    if (letter === '>') return at + 1;
    if (letter === '=') {
      let value = at + 1;
      while (/\s/u.test(html[value] ?? '')) value += 1;
      const quote = html[value];
      if (quote === '"' || quote === "'") at = html.indexOf(quote, value + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
};

/** The elements that are open, and what was left out of them. */
class OpenElements {
  readonly #open: string[] = [];
  readonly #leftOut = new Map<string, number>();

  /** What to write for a start tag. */
  start(name: string, tag: string): string {
    if (VOID.has(name)) return tag;
    const before = this.#closeFor(name);
    if (this.#open.length >= MOST_DEPTH) {
      this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
      return before;
    }
    this.#open.push(name);
    return before + tag;
  }

  /**
   * What to write for an end tag: all that is open within ends before it, so that nothing is opened again behind it.
   */
  end(name: string): string {
    const leftOut = this.#leftOut.get(name) ?? 0;
    if (leftOut > 0) {
      this.#leftOut.set(name, leftOut - 1);
      return '';
    }
    const at = this.#inScope(name);
    return at < 0 ? '' : this.#close(at);
  }

  /** Where the innermost element of a name is open that its end tag reaches, and not one around the table. */
  #inScope(name: string): number {
    const scope = scopeOf(name);
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const open = this.#open[at] ?? '';
      if (open === name) return at;
      if (endsScope(scope, open)) return -1;
    }
    return -1;
  }

  #closeFor(name: string): string {
    const ended = ENDS[name];
    if (ended === undefined) return '';
    let first = this.#open.length;
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const open = this.#open[at] ?? '';
      if (ended.includes(open)) first = at;
      else if (WALLS.has(open)) break;
    }
    return this.#close(first);
  }

  #close(from: number): string {
    return this.#open
      .splice(from)
      .reverse()
      .map((name) => `</${PAGE.has(name) ? 'div' : name}>`)
      .join('');
  }
}

/**
 * HTML in which elements stand at most 200 deep, each ended where it was open; comments and what is no markup are
 * left out. What is deeper stays as text at the depth that is left. The answer is as hostile as the question. Takes
 * time in proportion to the text.
 */
export const flattenHtml = (html: string): string => {
  const open = new OpenElements();
  const lower = html.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
  const kept: string[] = [];
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    kept.push(html.slice(at, next < 0 ? undefined : next));
    if (next < 0) break;
    const { written, end } = markupAt({ html, lower, open }, next);
    kept.push(written);
    if (end < 0) break;
    at = end;
  }
  return kept.join('');
};

type Walk = { readonly html: string; readonly lower: string; readonly open: OpenElements };
type Markup = { readonly written: string; readonly end: number };

const markupAt = ({ html, lower, open }: Walk, from: number): Markup => {
  const name = /^<\/?([a-z][^\s/>]{0,50})/u.exec(lower.slice(from, from + 60))?.[1];
  if (name === undefined) return other(html, from);
  const end = tagEnd(html, from + 1);
  if (end < 0) return { written: '', end };
  const tag = html.slice(from, end);
  if (FRAMES.has(name) || FORMULA.test(name)) return { written: '', end };
  if (tag.startsWith('</')) return { written: open.end(name), end };
  if (UNSEEN.has(name)) return { written: '', end: behind(lower, `</${name}`, end) };
  return { written: open.start(name, PAGE.has(name) ? `<div${tag.slice('<body'.length)}` : tag), end };
};

/** A comment, a declaration, or a sign that begins nothing. */
const other = (html: string, from: number): Markup => {
  if (html.startsWith('<!--', from)) {
    const end = /^<!---?>/u.test(html.slice(from, from + 6))
      ? html.indexOf('>', from)
      : html.indexOf('-->', from + 4) + 2;
    return { written: '', end: end < 2 ? -1 : end + 1 };
  }
  if (/[!?/]/u.test(html[from + 1] ?? '')) return { written: '', end: html.indexOf('>', from) + 1 || -1 };
  return { written: '&lt;', end: from + 1 };
};

const behind = (text: string, sought: string, from: number): number => {
  const at = text.indexOf(sought, from);
  const end = at < 0 ? -1 : text.indexOf('>', at);
  return end < 0 ? -1 : end + 1;
};
