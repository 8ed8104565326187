const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options);

const clock: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

const daysBetween = (time: number, now: number): number =>
  Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000);

/** For lists: the time today, «Yesterday», the weekday within a week, the date within the year, then with the year. */
export const listDate = (time: number, now: number): string => {
  const days = daysBetween(time, now);
  if (days === 0) return format(clock).format(time);
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return format({ weekday: 'long' }).format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(
    sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(time);
};

/** For one message: day and time in full. */
export const fullDate = (time: number): string => format({ dateStyle: 'full', timeStyle: 'short' }).format(time);

/** For a day in a sentence: `12 May 2026`. */
export const dayText = (time: number): string =>
  format({ day: 'numeric', month: 'long', year: 'numeric' }).format(time);

/** For a day near this year in a sentence: `12 May`, with the year when it is another one. */
export const shortDay = (time: number, now: number): string => {
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(
    sameYear ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' },
  ).format(time);
};

/** For a moment in a sentence: `14:32` today, `Tuesday 14:32` within a week, else with the date. */
export const timeText = (time: number, now: number): string => {
  const days = Math.abs(daysBetween(time, now));
  if (days === 0) return format(clock).format(time);
  if (days < 7) return format({ weekday: 'long', ...clock }).format(time);
  return format({ day: 'numeric', month: 'short', ...clock }).format(time);
};
