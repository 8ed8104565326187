/** Pixels of a unit; those of a share are of what is around. Screens differ, so that the width of one is a guess. */
const UNITS: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  q: 0.945,
  rem: 16,
  vw: 8,
  vh: 6,
  vmin: 6,
  vmax: 8,
};
const KEYWORDS: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
  'xxx-large': 48,
  initial: 16,
};
const NUMBER = /^([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:e[+-]?\d{1,2})?)([a-z]{1,4}|%)?$/u;

/** A number with its unit, also in a `calc` that calculates nothing; undefined for everything else. */
export function numberIn(value: string): { readonly number: number; readonly unit: string } | undefined {
  const inside = /^calc\(([^()]*)\)$/u.exec(value)?.[1]?.trim() ?? value;
  const [, number, unit = ''] = NUMBER.exec(inside) ?? [];
  return number === undefined ? undefined : { number: Number(number), unit };
}

/** What shares are of, in pixels. */
type Around = { readonly em: number; readonly whole: number };

/** A length in pixels (CSS Values 4), undefined for what is none; of numbers without a unit only 0 is one. */
export function pixelsOf(value: string, { em, whole }: Around): number | undefined {
  const read = numberIn(value);
  if (read === undefined) return undefined;
  const { number, unit } = read;
  if (unit === '') return number === 0 ? 0 : undefined;
  if (unit === '%') return (number / 100) * whole;
  if (unit === 'em') return number * em;
  if (unit === 'ex' || unit === 'ch') return (number * em) / 2;
  const pixels = UNITS[unit];
  return pixels === undefined ? undefined : number * pixels;
}

/** The size of a font in pixels within one of `em` pixels; undefined for what browsers do not understand. */
export function fontPixels(value: string, em: number): number | undefined {
  if (value === 'smaller') return em / 1.2;
  if (value === 'larger') return em * 1.2;
  const pixels = KEYWORDS[value] ?? pixelsOf(value, { em, whole: em });
  return pixels === undefined || pixels < 0 ? undefined : pixels;
}
