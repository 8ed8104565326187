import { describe, expect, it } from 'vitest';
import { MachineClock } from './machine-clock';
import { SeededRandom } from './seeded-random';
import { WorldClock } from './world-clock';

describe('the clock of a simulated world', () => {
  it('runs alarms in the order of their times, and those of one time as they were set', async () => {
    const clock = new WorldClock(0);
    const random = new SeededRandom('alarms');
    const ran: number[] = [];
    const times = Array.from({ length: 500 }, () => random.below(200));
    for (const time of times) clock.setTimer(time, () => ran.push(time));
    await clock.runUntil(1_000);
    expect(ran).toEqual([...times].sort((a, b) => a - b));
    expect(clock.now()).toBe(1_000);
  });

  it('waits for what an alarm has begun before it goes on', async () => {
    const clock = new WorldClock(0);
    const seen: string[] = [];
    clock.setTimer(
      1,
      () =>
        void Promise.resolve()
          .then(() => seen.push('began'))
          .then(() => seen.push('ended')),
    );
    clock.setTimer(2, () => seen.push('next'));
    await clock.runUntil(2);
    expect(seen).toEqual(['began', 'ended', 'next']);
  });

  it('stands still while work is under way that needs many turns', async () => {
    const clock = new WorldClock(0);
    const seen: string[] = [];
    const work = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1)
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      seen.push('done');
    };
    clock.setTimer(1, () => void clock.track(work()));
    clock.setTimer(2, () => seen.push('next'));
    await clock.runUntil(2);
    expect(seen).toEqual(['done', 'next']);
  });

  it('stops the timers of a sleeping machine, and forgets those of one that is off', async () => {
    const world = new WorldClock(0);
    const clock = new MachineClock(world);
    const ran: number[] = [];
    clock.setTimer(10, () => ran.push(world.now()));
    clock.setTimer(1_000, () => ran.push(world.now()));
    clock.sleep();
    await world.runUntil(100);
    clock.wake();
    await world.runUntil(200);
    expect(ran).toEqual([110]);
    clock.off();
    await world.runUntil(5_000);
    expect(ran).toEqual([110]);
  });
});

describe('seeded chance', () => {
  it('is the same for the same seed and another for another', () => {
    const draw = (seed: string): string => new SeededRandom(seed).fork('a').uuid();
    expect(draw('1')).toBe(draw('1'));
    expect(draw('1')).not.toBe(draw('2'));
  });

  it('is spread evenly', () => {
    const random = new SeededRandom('even');
    const draws = Array.from({ length: 100_000 }, () => random.below(10));
    for (let face = 0; face < 10; face += 1)
      expect(Math.abs(draws.filter((each) => each === face).length - 10_000)).toBeLessThan(500);
    const mean = Array.from({ length: 10_000 }, () => random.count(2)).reduce((sum, each) => sum + each, 0) / 10_000;
    expect(mean).toBeCloseTo(2, 1);
  });
});
