import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, asOf, NO_FAILURES } from './unlock-delay';

const after = (tries: number, now: number) =>
  Array.from({ length: tries }).reduce((state: typeof NO_FAILURES) => afterFailure(state, now), NO_FAILURES);

describe('the delay after wrong passphrases', () => {
  it.each([
    [1, 0],
    [2, 0],
    [3, 1_000],
    [4, 2_000],
    [5, 4_000],
    [11, 256_000],
    [12, 300_000],
    [5_000, 300_000],
  ])('after %i tries is %i ms', (tries, delay) => expect(after(tries, 7_000).retryAt).toBe(7_000 + delay));

  it('begins anew when the clock was set back, and never grows', () => {
    const time = fc.integer({ min: 0, max: 2 ** 45 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), time, time, (tries, failedAt, now) => {
        const state = after(tries, failedAt);
        const delay = state.retryAt - failedAt;
        const { retryAt } = asOf(state, now);
        expect(retryAt - now).toBeLessThanOrEqual(delay);
        if (now < failedAt) expect(retryAt).toBe(now + delay);
        else expect(retryAt).toBe(state.retryAt);
      }),
    );
  });
});
