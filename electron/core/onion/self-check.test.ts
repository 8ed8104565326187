import { beforeEach, expect, test } from 'vitest';
import { SettableClock } from '../testing/settable-clock';
import { onionFromSeed } from './onion-key';
import { SelfCheck } from './self-check';

const QUARTER_MS = 15 * 60_000;
const targets = [1, 2, 3].map((number) => ({
  host: onionFromSeed(new Uint8Array(32).fill(number)).onion,
  port: 25,
  authKey: undefined,
}));
const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: SettableClock;
let dialled: number[];
let renewed: number;
let answers: boolean[];
let isBusy: boolean;
let check: SelfCheck;

beforeEach(() => {
  clock = new SettableClock();
  [dialled, renewed, answers, isBusy] = [[], 0, [], false];
  check = new SelfCheck({
    clock,
    targets: () => targets,
    isBusy: () => isBusy,
    isReachable: (target) => {
      dialled.push(targets.indexOf(target as (typeof targets)[number]) + 1);
      return Promise.resolve(answers.shift() ?? true);
    },
    unreachable: () => {
      renewed += 1;
      return Promise.resolve();
    },
  });
  check.start();
});

async function quarter(): Promise<void> {
  clock.advance(QUARTER_MS);
  await settle();
}

test('takes each in its turn', async () => {
  for (let time = 0; time < 4; time += 1) await quarter();
  expect([dialled, renewed]).toEqual([[1, 2, 3, 1], 0]);
});

test('two failures of one are trouble, one is none', async () => {
  answers = [false, true, false, false];
  await quarter();
  expect([dialled, renewed]).toEqual([[1, 1], 0]);
  await quarter();
  expect([dialled, renewed]).toEqual([[1, 1, 2, 2], 1]);
  await quarter();
  expect(dialled.at(-1)).toBe(3);
});

test('asks nothing while there is much to do, and goes on afterwards', async () => {
  isBusy = true;
  await quarter();
  expect(dialled).toEqual([]);
  isBusy = false;
  await quarter();
  expect(dialled).toHaveLength(1);
});

test('a check that is stopped does nothing more', async () => {
  answers = [false, false];
  clock.advance(QUARTER_MS);
  check.stop();
  await settle();
  expect([dialled, renewed, clock.untilNextTimer()]).toEqual([[1], 0, undefined]);
});
