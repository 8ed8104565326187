import { expect, test } from 'vitest';
import { afterExit, noFailures } from './restart-policy';

function delays(lives: readonly number[]): number[] {
  let history = noFailures;
  return lives.map((livedMs) => {
    const next = afterExit({ history, livedMs });
    history = next.history;
    return next.delayMs;
  });
}

test('pauses grow to a minute and stay there', () => {
  expect(delays([0, 0, 0, 0, 0, 0, 0])).toEqual([1_000, 2_000, 5_000, 15_000, 60_000, 60_000, 60_000]);
});

test('ten minutes of life begin anew', () => {
  expect(delays([0, 0, 0, 600_000, 0])).toEqual([1_000, 2_000, 5_000, 1_000, 2_000]);
  expect(delays([0, 0, 0, 599_999])).toEqual([1_000, 2_000, 5_000, 15_000]);
});
