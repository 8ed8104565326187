import { foldText } from '../text/text-folding';

const KIB = 1024;
const POWERS: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

/**
 * Octets of a size as people write it: `5MB`, `5 M`, `1.5 GiB`, `700k`, `300`; undefined for what is none. A kB has
 * 1,024 octets here, as in the sizes that the window shows.
 */
export function sizeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,12}(?:[.,]\d{1,6})?)\s*([kmgt]?)(?:i?b|o)?$/u.exec(foldText(text).trim()) ?? [];
  const power = POWERS[unit];
  return number === undefined || power === undefined
    ? undefined
    : Math.min(Number.MAX_SAFE_INTEGER, Math.round(Number(number.replace(',', '.')) * KIB ** power));
}
