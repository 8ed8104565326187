import { describe, expect, it } from 'vitest';
import { makeMessage, NOON } from '../../testing/sample-mail';
import { shortDay } from '../date-text';
import { isLate } from '../../../shared/arrival/late-mail';
import { lateWords } from './late-words';

const DAY = 24 * 60 * 60_000;
const written = (days: number) => makeMessage(1, { orderedAt: NOON - days * DAY, storedAt: NOON });

describe('mail that came late', () => {
  it('is what came days after it was written, and never one’s own', () => {
    expect([0, 1, 2, 400].map((days) => isLate(written(days)))).toEqual([false, false, true, true]);
    expect(isLate({ ...written(400), protection: 'own' })).toBe(false);
  });

  it('says when it came and when it was written', () => {
    expect(lateWords(written(30), NOON)).toBe(`Arrived today, written ${shortDay(NOON - 30 * DAY, NOON)}`);
    expect(lateWords(written(400), NOON + 9 * DAY)).toBe(
      `Arrived ${shortDay(NOON, NOON)}, written ${shortDay(NOON - 400 * DAY, NOON)}`,
    );
    expect(lateWords(written(400), NOON)).toContain(String(new Date(NOON - 400 * DAY).getFullYear()));
  });
});
