import { describe, expect, it } from 'vitest';
import { fullDate, headDate, isInFuture, listDate, shortDay, timeText } from './date-text';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = [-400, -31, -7, -6, -1, 0, 1, 2, 5, 6, 7, 8, 30, 364, 366, 730];
const now = Date.UTC(2026, 10, 30, 12);
const places = ['UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'America/Los_Angeles'].flatMap((timeZone) =>
  ['en-US', 'de-DE', 'fa-IR'].map((locale) => ({ locale, timeZone })),
);
const weekdays = (locale: string): string[] =>
  [0, 1, 2, 3, 4, 5, 6].map((day) =>
    new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 10, 1 + day, 12)),
  );
const yearIn = (time: number, { locale, timeZone }: { locale: string; timeZone: string }): string =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone }).formatToParts(time).find(({ type }) => type === 'year')
    ?.value ?? '';

describe.each(places)('a date in $locale, $timeZone', (place) => {
  it('has its year when that is not this one', () => {
    const old = Date.UTC(2024, 10, 28, 12);
    for (const text of [timeText, headDate, listDate, shortDay])
      expect(text(old, now, place)).toContain(yearIn(old, place));
    expect(fullDate(old, place)).toContain(yearIn(old, place));
  });

  it('is a weekday for the last six days alone', () => {
    const named = (text: string): boolean => weekdays(place.locale).some((day) => text.includes(day));
    for (const days of DAYS) {
      const time = now - days * DAY;
      const expected = days > 0 && days < 7;
      expect(named(headDate(time, now, place)), `${String(days)}: ${headDate(time, now, place)}`).toBe(expected);
      expect(named(timeText(time, now, place))).toBe(expected);
      expect(named(listDate(time, now, place))).toBe(expected && days !== 1);
    }
  });

  it('is never the same for two moments of which one is to come', () => {
    for (const days of DAYS.filter((each) => each > 0)) {
      const to = headDate(now + days * DAY, now, place);
      for (const past of [0, 1, 6, 7]) expect(to).not.toBe(headDate(now - past * DAY, now, place));
      expect(to).toContain('(in the future)');
      expect(listDate(now + days * DAY, now, place)).toMatch(/^Future: /u);
    }
  });
});

describe('a date near a border', () => {
  it('forgives a clock that is a little ahead', () => {
    expect(isInFuture(now + 5 * 60_000, now)).toBe(false);
    expect(headDate(now + 5 * 60_000, now)).not.toContain('future');
    expect(isInFuture(now + HOUR, now)).toBe(true);
    expect(headDate(now + HOUR, now)).toContain('(in the future)');
  });

  it('takes midnight where the reader is', () => {
    const place = { locale: 'en-US', timeZone: 'America/New_York' };
    const morning = Date.UTC(2026, 10, 30, 5, 30);
    expect(listDate(morning - HOUR, morning, place)).toBe('Yesterday');
    expect(listDate(morning - HOUR, morning, { ...place, timeZone: 'UTC' })).toMatch(/4:30/u);
  });

  it.each([
    ['in spring', Date.UTC(2026, 2, 29, 18)],
    ['in autumn', Date.UTC(2026, 9, 25, 18)],
  ])('counts a day of 23 or 25 hours as one: %s', (_, evening) => {
    const place = { locale: 'en-US', timeZone: 'Europe/Berlin' };
    expect(listDate(evening - 24.5 * HOUR, evening, place)).toBe('Yesterday');
    expect(listDate(evening - 6 * DAY, evening, place)).toMatch(/^[A-Z][a-z]+day$/u);
    expect(listDate(evening - 7 * DAY, evening, place)).toMatch(/\d/u);
  });

  it('changes the year at midnight where the reader is', () => {
    const newYear = Date.UTC(2027, 0, 1, 11);
    expect(shortDay(Date.UTC(2026, 11, 31, 12), newYear, { locale: 'en-US', timeZone: 'UTC' })).toContain('2026');
    expect(
      shortDay(Date.UTC(2026, 11, 31, 12), newYear, { locale: 'en-US', timeZone: 'Pacific/Kiritimati' }),
    ).not.toContain('2027');
  });
});
