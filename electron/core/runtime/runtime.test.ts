import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { CoreEvent } from '../../../shared/contract/core-events';
import type { Log } from '../ports/runtime';
import { SettableClock } from '../testing/settable-clock';
import { EventBus } from './event-bus';
import { jsonLog } from './json-log';
import { systemClock } from './system-clock';
import { systemRandom } from './system-random';

const event: CoreEvent = { type: 'profile.changed', profile: { state: 'locked' } };

function recordingLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: jsonLog({ write: (line) => lines.push(line), now: () => 0 }) };
}

test('a listener that fails is logged and keeps no other from its event', () => {
  const { log, lines } = recordingLog();
  const bus = new EventBus(log);
  const heard: CoreEvent[] = [];
  bus.subscribe(() => {
    throw new Error('secret');
  });
  const stop = bus.subscribe((next) => heard.push(next));
  bus.publish(event);
  stop();
  bus.publish(event);
  expect(heard).toEqual([event]);
  expect(lines.join('')).toContain('event-listener-failed');
  expect(lines.join('')).not.toContain('secret');
});

test('the same function may subscribe twice and leave once', () => {
  const bus = new EventBus(recordingLog().log);
  const listener = vi.fn();
  const stop = bus.subscribe(listener);
  bus.subscribe(listener);
  stop();
  bus.publish(event);
  expect(listener).toHaveBeenCalledTimes(1);
});

test('a log line is one JSON object', () => {
  const { log, lines } = recordingLog();
  log.warn('queue-long', { count: 3, online: true });
  expect(lines).toEqual([
    '{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"queue-long","count":3,"online":true}\n',
  ]);
});

test('system timers fire, can be cancelled, and do not overflow', async () => {
  const clock = systemClock();
  const early = vi.fn();
  clock.setTimer(2 ** 31, early);
  clock.setTimer(0, early)();
  const keepAlive = setTimeout(() => undefined, 10_000);
  const done = new EventTarget();
  clock.setTimer(5, () => done.dispatchEvent(new Event('done')));
  await once(done, 'done');
  clearTimeout(keepAlive);
  expect(early).not.toHaveBeenCalled();
});

test('random fractions are in [0, 1)', () => {
  const random = systemRandom();
  for (let round = 0; round < 1_000; round += 1) {
    const fraction = random.fraction();
    expect(fraction >= 0 && fraction < 1).toBe(true);
  }
  expect(random.bytes(32)).toHaveLength(32);
});

test('a settable clock runs timers in order at their own times', () => {
  const clock = new SettableClock(1_000);
  const seen: number[] = [];
  clock.setTimer(50, () => seen.push(clock.now()));
  clock.setTimer(10, () => {
    seen.push(clock.now());
    clock.setTimer(10, () => seen.push(clock.now()));
  });
  clock.setTimer(5, () => seen.push(-1))();
  expect(clock.untilNextTimer()).toBe(10);
  clock.advance(49);
  expect(seen).toEqual([1_010, 1_020]);
  clock.advance(1);
  expect(seen).toEqual([1_010, 1_020, 1_050]);
  expect(clock.untilNextTimer()).toBeUndefined();
});
