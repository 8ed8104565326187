import { beforeEach, expect, test } from 'vitest';
import { SettableClock } from '../testing/settable-clock';
import { CircuitGate } from './circuit-gate';

const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: SettableClock;
let gate: CircuitGate;
let entered: string[];
let leaves: Map<string, () => void>;

/** Named `user-number`. */
function enter(name: string, timeoutMs = 1_000): void {
  const user = name.split('-')[0] ?? '';
  void gate.enter(user, timeoutMs).then((leave) => {
    entered.push(leave ? name : `${name} gave up`);
    if (leave) leaves.set(name, leave);
  });
}

beforeEach(() => {
  clock = new SettableClock();
  gate = new CircuitGate({ clock, places: 2 });
  entered = [];
  leaves = new Map();
});

test('the others wait, and come in their turn', async () => {
  for (const name of ['a-1', 'b-1', 'c-1', 'd-1']) enter(name);
  await settle();
  expect(entered).toEqual(['a-1', 'b-1']);
  leaves.get('b-1')?.();
  await settle();
  expect(entered.at(-1)).toBe('c-1');
  leaves.get('a-1')?.();
  await settle();
  expect(entered.at(-1)).toBe('d-1');
  expect(clock.untilNextTimer()).toBeUndefined();
});

test('a user with fewer inside goes before one with more', async () => {
  for (const name of ['a-1', 'a-2', 'a-3', 'a-4', 'b-1']) enter(name);
  await settle();
  leaves.get('a-1')?.();
  await settle();
  expect(entered).toEqual(['a-1', 'a-2', 'b-1']);
  leaves.get('a-2')?.();
  await settle();
  expect(entered.at(-1)).toBe('a-3');
});

test('a user that waits too long gives up, and its place in the queue is gone', async () => {
  for (const name of ['a-1', 'b-1', 'c-1']) enter(name);
  clock.advance(999);
  enter('d-1');
  clock.advance(1);
  await settle();
  expect(entered).toEqual(['a-1', 'b-1', 'c-1 gave up']);
  leaves.get('a-1')?.();
  await settle();
  expect(entered.at(-1)).toBe('d-1');
});

test('no newcomer passes those who wait, and leaving twice leaves once', async () => {
  for (const name of ['a-1', 'b-1', 'c-1']) enter(name);
  await settle();
  expect(gate.tryEnter('x')).toBeUndefined();
  leaves.get('a-1')?.();
  leaves.get('a-1')?.();
  await settle();
  expect(gate.tryEnter('x')).toBeUndefined();
  leaves.get('b-1')?.();
  const leave = gate.tryEnter('x');
  expect(leave).toBeDefined();
  expect(gate.tryEnter('x')).toBeUndefined();
  leave?.();
  expect(gate.tryEnter('x')).toBeDefined();
});
