import type { Attributes } from './read-tags';
import { UNSEEN } from './elements';

/** What decides whether words in an element are seen. */
export type Visibility = {
  /** Nothing within can be seen again. */
  readonly isGone: boolean;
  /** What an element within can undo: `visibility`, a font of no size, a colour that is none. */
  readonly isHidden: boolean;
  readonly isTiny: boolean;
  readonly isColourless: boolean;
  /** White space is shown as it is written. */
  readonly isPre: boolean;
};

export const SEEN: Visibility = {
  isGone: false,
  isHidden: false,
  isTiny: false,
  isColourless: false,
  isPre: false,
};

const NOTHING = /^[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]{1,4}|%)?$/;
/** A font of a pixel is no writing. */
const TINY = /^(?:0*(?:\.\d*)?|0*1(?:\.0*)?)(?:px|pt)?$/;
const RELATIVE = /(?:em|%|smaller|larger)$/;
const PREFORMATTED = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext']);
/** Further than a page is wide or high. */
const FAR_OUT = /^-\d{4,}/;

/** What is seen of an element within one of which `parent` is seen. */
export function visibilityIn(parent: Visibility, name: string, attributes: Attributes): Visibility {
  const isUnseen = UNSEEN.has(name) || attributes.has('hidden') || (name === 'dialog' && !attributes.has('open'));
  const style = attributes.get('style');
  const known = isUnseen || PREFORMATTED.has(name) ? { ...parent, ...byName(parent, { name, isUnseen }) } : parent;
  return style === undefined ? known : styled(known, readStyle(style));
}

const byName = (parent: Visibility, o: { name: string; isUnseen: boolean }): Partial<Visibility> => ({
  isGone: parent.isGone || o.isUnseen,
  isPre: parent.isPre || PREFORMATTED.has(o.name),
});

function styled(parent: Visibility, style: Style): Visibility {
  const size = style.get('font-size') ?? sizeOfFont(style.get('font'));
  return {
    isGone: parent.isGone || isGone(style),
    isHidden: inherited(style.get('visibility'), parent.isHidden, (value) => /^(?:hidden|collapse)$/.test(value)),
    isTiny: inherited(size, parent.isTiny, (value) => (isRelative(value) ? parent.isTiny : isNothing(value))),
    isColourless: inherited(style.get('color'), parent.isColourless, isColourless),
    isPre: inherited(style.get('white-space'), parent.isPre, (value) => /^(?:pre|break-spaces)/.test(value)),
  };
}

export const isSeen = ({ isGone, isHidden, isTiny, isColourless }: Visibility): boolean =>
  !isGone && !isHidden && !isTiny && !isColourless;

type Style = ReadonlyMap<string, string>;

/** The last declaration of a property counts, unless an earlier one is important. */
function readStyle(text: string): Style {
  const style = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of text.replace(/\/\*[^]*?(?:\*\/|$)/g, '').split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    const mark = value.lastIndexOf('!');
    const bare = mark >= 0 && value.slice(mark + 1).trim() === 'important' ? value.slice(0, mark).trim() : value;
    if (name === '' || (important.has(name) && bare === value)) continue;
    if (bare !== value) important.add(name);
    style.set(name, bare);
  }
  return style;
}

function isGone(style: Style): boolean {
  const opacity = style.get('opacity') ?? '';
  if (style.get('display') === 'none' || NOTHING.test(opacity) || (opacity !== '' && Number(opacity) < 0.05))
    return true;
  return isClipped(style) || isFarOut(style);
}

/** Cut off by a box that has no room. */
function isClipped(style: Style): boolean {
  const overflow = style.get('overflow') ?? style.get('overflow-y') ?? '';
  const sizes = ['max-height', 'height', 'max-width', 'width'].map((name) => style.get(name) ?? '');
  return /^(?:hidden|clip)/.test(overflow) && sizes.some(isNothing);
}

function isFarOut(style: Style): boolean {
  if (FAR_OUT.test(style.get('text-indent') ?? '')) return true;
  if (!/^(?:absolute|fixed)$/.test(style.get('position') ?? '')) return false;
  const isCut = /^rect\(0/.test(style.get('clip') ?? '') || /^inset\((?:50|100)%/.test(style.get('clip-path') ?? '');
  return isCut || ['left', 'top', 'right'].some((name) => FAR_OUT.test(style.get(name) ?? ''));
}

/** The size in `font: bold 0/0 a`; a weight such as 700 is none. */
function sizeOfFont(font: string | undefined): string | undefined {
  const words = font?.split(/\s+/).map((word) => word.replace(/\/.*$/, '')) ?? [];
  return words.find((word) => /^[\d.]/.test(word) && !/^[1-9]00$/.test(word));
}

/** To the size around it, which may be none. */
const isRelative = (size: string): boolean => RELATIVE.test(size) && !NOTHING.test(size);

const isNothing = (size: string): boolean => size !== '' && (NOTHING.test(size) || TINY.test(size));

function isColourless(value: string): boolean {
  const [, inside] = /^(?:rgb|hsl)a?\(([^)]{1,80})\)$/.exec(value) ?? [];
  const [, , , alpha] = inside?.split(/[,/\s]+/).filter((part) => part !== '') ?? [];
  return value === 'transparent' || (alpha !== undefined && NOTHING.test(alpha));
}

function inherited(value: string | undefined, parent: boolean, decide: (value: string) => boolean): boolean {
  return value === undefined || value === '' || value === 'inherit' ? parent : decide(value);
}
