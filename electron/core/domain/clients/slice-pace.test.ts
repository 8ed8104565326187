import { describe, expect, it } from 'vitest';
import { TURN_MS } from '../client-limits';
import { SlicePace } from './slice-pace';

/** `commit`: what each slice takes, however little it does. */
type Work = { count: number; each: (done: number) => number; commit?: number; least?: number };

/** Does a number of things of which each takes so long by a clock of its own; answers the slices. */
function work({ count, each, commit = 0, ...o }: Work): number[] {
  let now = 0;
  const pace = new SlicePace({ now: () => now, first: 20, most: 500, ...o });
  const sizes: number[] = [];
  let done = 0;
  for (const slice of pace.slices(Array.from({ length: count }, (_, index) => index))) {
    pace.measured(slice.length, () => {
      now += commit + slice.length * each(done);
    });
    done += slice.length;
    sizes.push(slice.length);
  }
  expect(done).toBe(count);
  return sizes;
}

describe('the pace of slices', () => {
  it('does as many at once as fit into a turn', () => {
    const sizes = work({ count: 2_000, each: () => 0.125 });
    expect(sizes.slice(0, -1).at(-1)).toBe(TURN_MS / 0.125);
    expect(sizes[0]).toBe(20);
  });

  it('does one at a time where each takes longer than a turn', () => {
    expect(work({ count: 30, each: () => 3 * TURN_MS })).toEqual([20, ...Array.from({ length: 10 }, () => 1)]);
  });

  it('grows slowly, and shrinks at once', () => {
    const sizes = work({ count: 1_000, each: (done) => (done < 300 ? 1 / 1_024 : 1) });
    for (const [index, size] of sizes.entries()) expect(size).toBeLessThanOrEqual(2 * (sizes[index - 1] ?? 20));
    expect(sizes.slice(-5, -1)).toEqual([10, 10, 10, 10]);
  });

  it('makes no commit for each of many where a disk takes long for one', () => {
    const sizes = work({ count: 1_000, each: () => 0.25, commit: 5 * TURN_MS, least: 20 });
    expect(sizes).toEqual(Array(50).fill(20));
  });

  it('never does more than it may, where nothing takes any time', () => {
    expect(Math.max(...work({ count: 5_000, each: () => 0 }))).toBe(500);
  });
});
