import { Socket } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import type { DialOutcome } from '../ports/onion';
import { SettableClock } from '../testing/settable-clock';
import { hedgedDial } from './hedged-dial';

const failed: DialOutcome = { outcome: 'failed', failure: 'offline' };
const connected = (): Extract<DialOutcome, { outcome: 'connected' }> => ({
  outcome: 'connected',
  socket: new Socket(),
});

let clock: SettableClock;
let tries: ((outcome: DialOutcome) => void)[];
const dial = () => hedgedDial({ clock, attempt: () => new Promise((resolve) => tries.push(resolve)) });

beforeEach(() => {
  clock = new SettableClock();
  tries = [];
});

test('one try that is answered is all', async () => {
  const dialled = dial();
  tries[0]?.(failed);
  expect(await dialled).toBe(failed);
  expect(clock.untilNextTimer()).toBeUndefined();
});

test('a try without an answer gets another beside it, and the later one that connects is closed', async () => {
  const dialled = dial();
  clock.advance(10_000);
  const [slow, quick] = [connected(), connected()];
  tries[1]?.(quick);
  expect(await dialled).toBe(quick);
  tries[0]?.(slow);
  await Promise.resolve();
  expect([quick.socket.destroyed, slow.socket.destroyed]).toEqual([false, true]);
});

test('a failure waits for the other try', async () => {
  const dialled = dial();
  clock.advance(10_000);
  tries[1]?.(failed);
  const late = connected();
  tries[0]?.(late);
  expect(await dialled).toBe(late);
});

test('a service that comes back while two tries hang is reached by a later one', async () => {
  const dialled = dial();
  clock.advance(45_000);
  expect(tries).toHaveLength(4);
  const back = connected();
  tries[3]?.(back);
  expect(await dialled).toBe(back);
  expect(clock.untilNextTimer()).toBeUndefined();
});
