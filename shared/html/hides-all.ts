import { numberIn, pixelsOf } from './css-length';
import type { Declarations } from './declarations-of';

/** Shares are of a window of this width; a box of no more than this is none. */
const AROUND = { em: 16, whole: 800 };
const NO_ROOM = 1;
/** Pixels out of the page, and shares of it: wide boxes are centred with margins of some hundred. */
const FAR = -900;
const ALL_OF_IT = -800;

type Hides = (declared: Declarations, name: string) => boolean;

/** Whether a style hides an element with all that is in it, so that nothing within can show itself again. */
export const hidesAll: Hides = (declared, name) => WAYS.some((hides) => hides(declared, name));

const pixels = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : pixelsOf(value, AROUND);
const isAtMost = (value: string | undefined, limit: number): boolean => (pixels(value) ?? Infinity) <= limit;
const words = (value: string | undefined): string[] => value?.split(/[\s,]+/u).filter((word) => word !== '') ?? [];

const isTransparent: Hides = (declared) => {
  const read = numberIn(declared.get('opacity') ?? '');
  if (read) return read.number / (read.unit === '%' ? 100 : 1) < 0.05;
  return /\bopacity\(\s*0*(?:\.0*)?%?\s*\)/u.test(declared.get('filter') ?? '');
};

/**
 * A box without room that lets nothing out. Cells take the width that they need whatever is said, and so does what
 * ends with an ellipsis in some of them: `max-width: 0` is how a cell is told to be cut.
 */
const isClipped: Hides = (declared, name) => {
  const lets = ['overflow', 'overflow-x', 'overflow-y'].flatMap((property) => words(declared.get(property)));
  if (!lets.some((word) => /^(?:hidden|clip|scroll|auto)$/u.test(word))) return false;
  const isCell = name === 'td' || name === 'th' || declared.get('display') === 'table-cell';
  const isCut = isCell || declared.get('text-overflow')?.includes('ellipsis') === true;
  const sides = ['max-height', 'height', ...(isCut ? [] : ['max-width', 'width'])];
  return sides.some((side) => isAtMost(declared.get(side), NO_ROOM));
};

const isPlaced = (declared: Declarations): boolean =>
  /^(?:absolute|fixed|relative|sticky)$/u.test(declared.get('position') ?? '');

/** `clip` counts for what is placed out of the flow. */
const isCutOff: Hides = (declared) => {
  const isOut = /^(?:absolute|fixed)$/u.test(declared.get('position') ?? '');
  const [top, right, bottom, left] = words(/^rect\(([^)]*)\)$/u.exec(declared.get('clip') ?? '')?.[1]).map(pixels);
  const isEmpty = (from?: number, to?: number): boolean => (to ?? Infinity) - (from ?? 0) <= NO_ROOM;
  if (isOut && right !== undefined && (isEmpty(top, bottom) || isEmpty(left, right))) return true;
  return isEmptyPath(declared.get('clip-path') ?? declared.get('-webkit-clip-path') ?? '');
};

function isEmptyPath(path: string): boolean {
  const [, shape, inside = ''] = /^(inset|circle|ellipse|polygon)\(([^)]*)\)/u.exec(path) ?? [];
  if (shape === 'inset') return isEmptyInset(words(inside.split('round', 1)[0]));
  if (shape === 'polygon') return new Set(inside.split(',').map((point) => words(point).join(' '))).size <= 2;
  return shape !== undefined && isAtMost(words(inside)[0], 0);
}

/** What is cut from opposite sides leaves nothing between them. */
function isEmptyInset(sides: readonly string[]): boolean {
  const [top = 0, right = top, bottom = top, left = right] = sides.map((side) => pixels(side) ?? 0);
  return [top + bottom, right + left].some((cut) => cut >= -ALL_OF_IT);
}

const isFarOut: Hides = (declared) => {
  const moves = ['text-indent', ...(isPlaced(declared) ? ['left', 'right', 'top', 'bottom', 'inset'] : [])];
  if (
    moves.some((move) => words(declared.get(move)).some((word) => isAtMost(word, word.endsWith('%') ? ALL_OF_IT : FAR)))
  )
    return true;
  const margins = ['margin', 'margin-left', 'margin-top', 'margin-right', 'margin-inline-start'];
  return margins.some((side) => words(declared.get(side)).some((word) => isAtMost(word, FAR)));
};

const isMoved: Hides = (declared) => {
  const transform = declared.get('transform') ?? '';
  const [, inside] = /translate(?:x|y|3d)?\(([^)]*)\)/u.exec(transform) ?? [];
  const scales = [/scale(?:x|y|3d)?\(([^)]*)\)/u.exec(transform)?.[1], declared.get('scale')].flatMap(words);
  const moved = [inside, declared.get('translate')].flatMap(words);
  return moved.some((word) => isAtMost(word, FAR)) || scales.some((word) => Math.abs(Number(word)) < 0.01);
};

const WAYS: readonly Hides[] = [
  isTransparent,
  isClipped,
  isCutOff,
  isFarOut,
  isMoved,
  (declared) => declared.get('content-visibility') === 'hidden',
];
