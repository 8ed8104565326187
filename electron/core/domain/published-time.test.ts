import { describe, expect, it } from 'vitest';
import {
  dayTime,
  drawnTime,
  drawRenewal,
  firstCertification,
  firstTokenNumber,
  growingDay,
  keyDay,
  restoredTime,
  rotationAfter,
  receiptTime,
  startWait,
} from './published-time';
import { DAY_MS, HOUR_MS, SECOND_MS } from './time';

const NOW = Date.UTC(2026, 4, 17, 10, 20, 30) + 123;
const fractions = [0, 0.001, 0.3, 0.5, 0.999_999];

describe('the time of a change', () => {
  it.each(fractions)('is a whole second of the last day (%d)', (fraction) => {
    const at = drawnTime({ now: NOW, last: 0, fraction });
    expect(at % SECOND_MS).toBe(0);
    expect(at).toBeGreaterThanOrEqual(NOW - DAY_MS);
    expect(at).toBeLessThanOrEqual(NOW);
  });

  it.each(fractions)(
    'is later than the last, also of this very second, and when the clock went back (%d)',
    (fraction) => {
      for (const last of [NOW - HOUR_MS, NOW - 1, NOW, NOW + HOUR_MS, NOW - (NOW % SECOND_MS)]) {
        const at = drawnTime({ now: NOW, last, fraction });
        expect(Math.floor(at / SECOND_MS)).toBeGreaterThan(Math.floor(last / SECOND_MS));
      }
    },
  );

  it('forgets a last time that no peer believes', () => {
    expect(drawnTime({ now: NOW, last: NOW + 40 * DAY_MS, fraction: 0.5 })).toBeLessThan(NOW);
  });
});

describe('planned times', () => {
  it.each(fractions)('lie in what PROTOCOL.md says (%d)', (fraction) => {
    expect(drawRenewal({ fraction })).toBeGreaterThanOrEqual(20 * DAY_MS);
    expect(drawRenewal({ fraction })).toBeLessThanOrEqual(30 * DAY_MS);
    expect(rotationAfter({ days: 180, fraction })).toBeGreaterThanOrEqual(150 * DAY_MS - SECOND_MS);
    expect(rotationAfter({ days: 180, fraction })).toBeLessThanOrEqual(210 * DAY_MS);
    for (const age of fractions) {
      const { certifiedAt, renewAfterMs } = firstCertification({ now: NOW, age, fraction });
      expect(certifiedAt).toBeLessThanOrEqual(NOW);
      expect(certifiedAt + renewAfterMs).toBeGreaterThan(NOW - SECOND_MS);
    }
    expect(restoredTime({ now: NOW, fraction })).toBeGreaterThan(NOW);
    expect(restoredTime({ now: NOW, fraction })).toBeLessThan(NOW + 13 * HOUR_MS);
    expect(keyDay({ now: NOW, fraction }) % DAY_MS).toBe(0);
    expect(keyDay({ now: NOW, fraction })).toBeLessThan(NOW - DAY_MS);
  });

  it('make nobody wait who has one identity', () => {
    expect(startWait({ identities: 1, fraction: 0.9 })).toBe(0);
    expect(startWait({ identities: 2, fraction: 0.5 })).toBe(30 * SECOND_MS);
  });
});

describe('numbers that are times', () => {
  it('are the same for everybody on one day, and grow', () => {
    expect(growingDay({ now: NOW, last: 0 })).toBe(Date.UTC(2026, 4, 17));
    expect(growingDay({ now: NOW, last: NOW })).toBe(NOW + 1);
    expect(dayTime({ now: NOW })).toBe(Date.UTC(2026, 4, 17));
    expect(dayTime({ now: NOW, last: NOW })).toBe(NOW + SECOND_MS);
  });

  it('of tokens are above the second that was the first number in earlier versions, and grow over a restore', () => {
    const first = firstTokenNumber({ now: NOW, isRestored: false });
    expect(first).toBeGreaterThan(NOW / SECOND_MS);
    expect(firstTokenNumber({ now: NOW + 1, isRestored: false })).toBe(first);
    expect(firstTokenNumber({ now: NOW, isRestored: true })).toBe(first + 2 ** 17);
  });
});

it('the time of a receipt is that of a whole minute, and never before what happened', () => {
  for (const seconds of [0, 1, 30, 59, 60, 61]) {
    const at = Date.UTC(2026, 5, 1, 10) + seconds * SECOND_MS;
    expect(receiptTime(at) % 60_000).toBe(0);
    expect(receiptTime(at) - at).toBeGreaterThanOrEqual(0);
    expect(receiptTime(at) - at).toBeLessThan(60_000);
  }
});
