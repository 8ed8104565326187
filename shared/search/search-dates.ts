import { foldText } from '../text/text-folding';
import { dayWordOf, unitOf } from './date-words';
import type { DateUnit } from './date-words';

/** From the first millisecond to before the last. */
export type DateRange = { readonly from: number; readonly until: number };

/** What a date counts from, and how one with strokes is read. */
export type DateReading = {
  /** Milliseconds since 1970. Absent: no date is known that counts from today. */
  readonly now?: number;
  /** `03/04/2026` is the fourth of March, as it is written in the United States; else the third of April. */
  readonly isMonthFirst?: boolean;
};

/**
 * The time that a date means, as people write them: `2026-11-30`, `30.11.2026`, `30/11/26`, `2026-11`, `2026`, `today`,
 * `yesterday`, `last week`, `7d` (since seven days ago), in the reader's language too, and in digits of any script.
 * Days are those of this machine's calendar. Undefined for what is no date.
 */
export function dateRange(text: string, { now, isMonthFirst = false }: DateReading): DateRange | undefined {
  const folded = foldText(text).trim();
  return written(folded, isMonthFirst) ?? (now === undefined ? undefined : relative(folded, now));
}

function written(text: string, isMonthFirst: boolean): DateRange | undefined {
  const parts = YEAR_FIRST.map((form) => form.exec(text)).find((found) => found !== null);
  if (parts) return calendar(Number(parts[1]), numberOf(parts[2]), numberOf(parts[3]));
  return yearLast(text, isMonthFirst);
}

const YEAR_FIRST = [
  /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/u,
  /^(\d{4})(\d{2})(\d{2})$/u,
  /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/u,
] as const;

function yearLast(text: string, isMonthFirst: boolean): DateRange | undefined {
  const [, one, sign, two, year = ''] = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/u.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const years = year.length === 2 ? 2000 + Number(year) : Number(year);
  const american = sign === '/' ? calendar(years, Number(one), Number(two)) : undefined;
  const usual = calendar(years, Number(two), Number(one));
  return isMonthFirst ? (american ?? usual) : (usual ?? american);
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** A year, a month of it, or a day. `Date` would take the 31st of November for the first of December. */
function calendar(year: number, month?: number, day?: number): DateRange | undefined {
  if (year < 1970 || year > LAST_YEAR) return undefined;
  if (month === undefined) return range(new Date(year, 0, 1), new Date(year + 1, 0, 1));
  if (month < 1 || month > 12) return undefined;
  if (day === undefined) return range(new Date(year, month - 1, 1), new Date(year, month, 1));
  if (day < 1 || day > new Date(year, month, 0).getDate()) return undefined;
  return range(new Date(year, month - 1, day), new Date(year, month - 1, day + 1));
}

/** Later ones would leave the numbers that the index has for times. */
const LAST_YEAR = 2200;

function relative(text: string, now: number): DateRange | undefined {
  const word = dayWordOf(text);
  if (word !== undefined) return named(word.unit, word.ago, now);
  const [, count, unit] = /^(\d{1,4})\s*(\p{L}+)$/u.exec(text) ?? [];
  const known = unit === undefined ? undefined : unitOf(unit);
  if (count === undefined || known === undefined) return undefined;
  return {
    from: begin(known === 'week' ? 'day' : known, Number(count) * (known === 'week' ? 7 : 1), now, true),
    until: FOREVER,
  };
}

/** Of what goes on. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/** The day, week, month or year that was so many ago. */
function named(unit: DateUnit, ago: number, now: number): DateRange {
  return { from: begin(unit, ago, now), until: begin(unit, ago - 1, now) };
}

/** When the unit began that was so many ago; `isCounted`: on the day itself, in place of the first of its unit. */
function begin(unit: DateUnit, ago: number, now: number, isCounted = false): number {
  const at = new Date(now);
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  if (unit === 'day') return time(new Date(year, month, day - ago));
  // Weeks begin on Mondays (ISO 8601).
  if (unit === 'week') return time(new Date(year, month, day - ((at.getDay() + 6) % 7) - 7 * ago));
  if (unit === 'month') return time(new Date(year, month - ago, isCounted ? day : 1));
  return time(new Date(year - ago, isCounted ? month : 0, isCounted ? day : 1));
}

function range(from: Date, until: Date): DateRange {
  return { from: time(from), until: time(until) };
}

/** Nothing was written before 1970; a zone may put its first day there. */
function time(date: Date): number {
  return Math.max(0, date.getTime());
}
