import { fontPixels, numberIn } from './css-length';

/** The declarations of a style attribute by property, as browsers understand them, in small letters. */
export type Declarations = ReadonlyMap<string, string>;

/** Declarations of one attribute that are read; no writer of letters makes more. */
const MOST = 200;
/** Characters of one value that is read, one blank for many: patterns that look for a bracket's end take their time. */
const MOST_CHARACTERS = 1_000;
const INHERITS = /^(?:inherit|unset|revert|revert-layer)$/u;
const WIDE = /^(?:initial|inherit|unset|revert|revert-layer)$/u;
const DISPLAY =
  /^(?:none|contents|block|inline|flow|flow-root|list-item|run-in|flex|grid|table|ruby|(?:inline|table|ruby|-webkit)-[a-z-]+)(?: [a-z-]+){0,2}$/u;

/** What a browser does not understand does not count: what was said before it holds. */
const UNDERSTOOD: Readonly<Record<string, (value: string) => boolean>> = {
  display: (value) => DISPLAY.test(value),
  visibility: (value) => /^(?:visible|hidden|collapse)$/u.test(value),
  opacity: (value) => ['', '%'].includes(numberIn(value)?.unit ?? 'none'),
  'font-size': (value) => fontPixels(value, 16) !== undefined,
};

/** Whether a value is the one of what stands around the element. Of those of no meaning here, `revert` is. */
export const isInherited = (value: string): boolean => INHERITS.test(value);

/**
 * Reads a style attribute (CSS Syntax 3, CSS Cascade 4): the last declaration of a property that is understood counts,
 * unless an earlier one is important. `font` is read for its size.
 */
export function declarationsOf(style: string): Declarations {
  const declared = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of style.replace(/\/\*[^]*?(?:\*\/|$)/gu, '').split(';', MOST)) {
    const { name, value, isImportant } = readDeclaration(declaration);
    if (value === undefined || (important.has(name) && !isImportant)) continue;
    if (isImportant) important.add(name);
    declared.set(name, value);
  }
  return declared;
}

type Declaration = { readonly name: string; readonly value: string | undefined; readonly isImportant: boolean };

function readDeclaration(declaration: string): Declaration {
  const colon = declaration.indexOf(':');
  const written = unescaped(declaration.slice(0, Math.max(0, colon)))
    .trim()
    .toLowerCase();
  const whole = unescaped(declaration.slice(colon + 1))
    .trim()
    .toLowerCase();
  const mark = whole.lastIndexOf('!');
  const isImportant = mark >= 0 && whole.slice(mark + 1).trim() === 'important';
  const value = (isImportant ? whole.slice(0, mark).trim() : whole).replace(/\s+/gu, ' ');
  const isFont = written === 'font';
  const name = isFont ? 'font-size' : written;
  return { name, value: understood(name, isFont ? sizeOfFont(value) : value), isImportant };
}

function understood(name: string, value: string | undefined): string | undefined {
  if (name === '' || value === undefined || value === '' || value.length > MOST_CHARACTERS) return undefined;
  return WIDE.test(value) || (UNDERSTOOD[name]?.(value) ?? true) ? value : undefined;
}

/** A letter may be written by its number (CSS Syntax 3, 4.3.7). */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:([0-9a-f]{1,6})\s?|([^\n]))/giu, (_, code: string | undefined, letter: string) =>
        code === undefined ? letter : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)),
      )
    : text;

/** What may stand before the size: slope, small capitals, weight, stretch. */
const BEFORE_SIZE =
  /^(?:normal|italic|oblique|[+-]?[\d.]+deg|small-caps|bold|bolder|lighter|(?:ultra-|extra-|semi-)?(?:condensed|expanded)|[1-9]\d*(?:\.\d+)?)$/u;
const SYSTEM = /^(?:caption|icon|menu|message-box|small-caption|status-bar)$/u;

/** The size in `font: bold 0/0 a`; undefined without a size or a family, which make the whole of it void. */
function sizeOfFont(font: string): string | undefined {
  if (WIDE.test(font)) return font;
  if (SYSTEM.test(font)) return 'small';
  const words = font.split(/\s*\/\s*|\s+/u);
  const at = words.findIndex((word) => !BEFORE_SIZE.test(word));
  return at >= 0 && at < words.length - 1 ? words[at] : undefined;
}
