import { fontPixels, numberIn } from './css-length';
import { declarationsOf, isInherited, type Declarations } from './declarations-of';
import { hidesAll } from './hides-all';
import { UNSEEN_ELEMENTS } from './unseen-elements';

/** What decides whether the words in an element are seen, as it comes down to what stands within. */
export type Seen = {
  /** Nothing within can be seen again. */
  readonly isGone: boolean;
  /** `visibility`, which an element within can undo. */
  readonly isHidden: boolean;
  /** Pixels of the font. */
  readonly font: number;
  readonly isColourless: boolean;
  /** `-webkit-text-fill-color`, which comes before the colour where it is given. */
  readonly isFillColourless: boolean | undefined;
};

/** The page of the reading frame, before any element. */
export const SEEN: Seen = {
  isGone: false,
  isHidden: false,
  font: 14,
  isColourless: false,
  isFillColourless: undefined,
};

/** An element as it was written: its name in small letters, its attributes by name. */
type Written = { readonly name: string; readonly attribute: (name: string) => string | undefined };

/** A font of a pixel, or a point, is no writing. Within one, nothing is that stays nearly as small. */
const TINY = 1.34;
const OUT_OF_TINY = 4;

/** Whether words right in an element are seen. */
export const areWordsSeen = (seen: Seen): boolean =>
  isShown(seen) && seen.font > TINY && !(seen.isFillColourless ?? seen.isColourless);

/** Whether an element without words is seen, such as a picture. */
export const isShown = ({ isGone, isHidden }: Seen): boolean => !isGone && !isHidden;

/**
 * What is seen of an element within one of which `parent` is seen. The one rule of what the writer of a letter hid:
 * the text of a page, its preview and the search see by it what the window draws. In doubt words are shown. White words
 * on white are: they were written for a ground that is not loaded, and nobody else may read what the reader does not.
 * So is what Word alone hides (`mso-hide`), and what is folded (`details`), which the window unfolds.
 */
export function seenIn(parent: Seen, element: Written): Seen {
  const style = element.attribute('style');
  const around = element.name === 'font' ? inFont(parent, element) : parent;
  const isUnseen = UNSEEN_ELEMENTS.has(element.name);
  if (style === undefined) return isUnseen || isFolded(element) ? { ...around, isGone: true } : around;
  const declared = declarationsOf(style);
  const isGone = parent.isGone || isUnseen || isNotDisplayed(element, declared) || hidesAll(declared, element.name);
  return { isGone, ...comingDown(around, declared) };
}

const isFolded = ({ name, attribute }: Written): boolean =>
  attribute('hidden') !== undefined || (name === 'dialog' && attribute('open') === undefined);

/** A style of its own undoes what the name or the attribute `hidden` says. */
function isNotDisplayed(element: Written, declared: Declarations): boolean {
  const display = declared.get('display');
  return display === undefined || display.startsWith('revert') ? isFolded(element) : display === 'none';
}

function comingDown(parent: Seen, declared: Declarations): Omit<Seen, 'isGone'> {
  const isThroughWords = [declared.get('background-clip'), declared.get('-webkit-background-clip')].includes('text');
  const judged = <T>(property: string, around: T, judge: (value: string) => T): T => {
    const value = declared.get(property);
    return value === undefined || isInherited(value) ? around : judge(value);
  };
  return {
    isHidden: judged('visibility', parent.isHidden, (value) => value === 'hidden' || value === 'collapse'),
    font: judged('font-size', parent.font, (value) => fontIn(parent.font, value)),
    isColourless:
      !isThroughWords &&
      judged('color', parent.isColourless, (value) => (value === 'currentcolor' ? parent.isColourless : isNone(value))),
    isFillColourless: isThroughWords
      ? undefined
      : judged<boolean | undefined>('-webkit-text-fill-color', parent.isFillColourless, (value) =>
          value === 'currentcolor' || value === 'initial' ? undefined : isNone(value),
        ),
  };
}

function fontIn(around: number, value: string): number {
  const font = fontPixels(value, around) ?? around;
  return around <= TINY && font < OUT_OF_TINY ? Math.min(font, around) : font;
}

/** The attributes of the old element give a size that can be read, and a colour that is one. */
function inFont(parent: Seen, { attribute }: Written): Seen {
  const font = /^\s*[+-]?\d/u.test(attribute('size') ?? '') ? 13 : parent.font;
  const hasColour = /\S/u.test(attribute('color') ?? '') && attribute('color')?.trim().toLowerCase() !== 'transparent';
  return { ...parent, font, isColourless: parent.isColourless && !hasColour };
}

/** A colour that lets everything through. */
function isNone(colour: string): boolean {
  if (colour === 'transparent' || /^#(?:[\da-f]{3}0|[\da-f]{6}00)$/u.test(colour)) return true;
  const [, inside = ''] = /^(?:rgb|hsl)a?\(([^)]{1,80})\)$/u.exec(colour) ?? [];
  const alpha = numberIn(inside.split(/[,/\s]+/u).filter((part) => part !== '')[3] ?? '');
  return alpha !== undefined && alpha.number / (alpha.unit === '%' ? 100 : 1) < 0.005;
}
