/** Whose calendar counts: the machine's when nothing is said. */
type Place = { readonly locale?: string; readonly timeZone?: string };

const format = (time: number, options: Intl.DateTimeFormatOptions, { locale, timeZone }: Place): string =>
  new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone }).format(time);

const clock: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const year: Intl.DateTimeFormatOptions = { year: 'numeric' };

/** How far a clock may be ahead of ours before a letter counts as dated in the future. */
const LEEWAY_MS = 10 * 60_000;

/** Whether a letter is dated later than now: by a clock that is wrong, or by somebody who wants to stay on top. */
export const isInFuture = (time: number, now: number): boolean => time - now > LEEWAY_MS;

/** The day in the calendar of a place, as days since 1970: how long it lasts there does not matter. */
const dayNumber = (time: number, { timeZone }: Place): number => {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    calendar: 'gregory',
  };
  const parts = new Intl.DateTimeFormat('en-u-nu-latn', { ...options, ...(timeZone === undefined ? {} : { timeZone }) })
    .formatToParts(time)
    .reduce<Record<string, number>>((all, { type, value }) => ({ ...all, [type]: Number(value) }), {});
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1) / 86_400_000;
};

const daysBetween = (time: number, now: number, place: Place): number => dayNumber(now, place) - dayNumber(time, place);

/** The year where it is not this one. */
const yearUnlessThis = (time: number, now: number, place: Place): Intl.DateTimeFormatOptions => {
  const years = [time, now].map((each) => new Date(dayNumber(each, place) * 86_400_000).getUTCFullYear());
  return years[0] === years[1] ? {} : year;
};

/**
 * For lists: the time today, «Yesterday», the weekday within a week, the date within the year, then with the year;
 * what is in the future says so.
 */
export const listDate = (time: number, now: number, place: Place = {}): string => {
  if (isInFuture(time, now)) return `Future: ${format(time, { ...date, ...year }, place)}`;
  const days = daysBetween(time, now, place);
  if (days <= 0) return format(time, clock, place);
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(time, { weekday: 'long' }, place);
  return format(time, { ...date, ...yearUnlessThis(time, now, place) }, place);
};

/** For one message: day and time in full. */
export const fullDate = (time: number, place: Place = {}): string =>
  format(time, { dateStyle: 'full', timeStyle: 'short' }, place);

/** For a day in a sentence: `12 May 2026`. */
export const dayText = (time: number, place: Place = {}): string =>
  format(time, { day: 'numeric', month: 'long', year: 'numeric' }, place);

/** For a day near this year in a sentence: `12 May`, with the year when it is another one. */
export const shortDay = (time: number, now: number, place: Place = {}): string =>
  format(time, { day: 'numeric', month: 'long', ...yearUnlessThis(time, now, place) }, place);

/**
 * For a moment in a sentence: `14:32` today, `Tuesday 14:32` within the last week, else with the date, and with the
 * year when it is another one. A weekday alone would be taken for the one that was.
 */
export const timeText = (time: number, now: number, place: Place = {}): string => {
  const days = daysBetween(time, now, place);
  if (days === 0) return format(time, clock, place);
  if (days > 0 && days < 7) return format(time, { weekday: 'long', ...clock }, place);
  return format(time, { ...date, ...yearUnlessThis(time, now, place), ...clock }, place);
};

/** For the head of a letter: as in a sentence; what is in the future is written out and says so. */
export const headDate = (time: number, now: number, place: Place = {}): string =>
  isInFuture(time, now)
    ? `${format(time, { ...date, ...year, ...clock }, place)} (in the future)`
    : timeText(time, now, place);
