import { expect, it } from 'vitest';
import { doubtsClock } from './doubt-clock';

const DAY = 24 * 60 * 60_000;
const now = Date.UTC(2026, 5, 1);

it.each([
  ['just certified', { certifiedAt: now, torWarns: false }, false],
  ['certified as long ago as a running program lets it be', { certifiedAt: now - 31 * DAY, torWarns: false }, false],
  ['certified long ago', { certifiedAt: now - 61 * DAY, torWarns: false }, true],
  ['certified within what clocks may differ by', { certifiedAt: now + DAY, torWarns: false }, false],
  ['certified in a time to come', { certifiedAt: now + 2 * DAY, torWarns: false }, true],
  ['just certified, and tor says that the clock is wrong', { certifiedAt: now, torWarns: true }, true],
])('%s', (_what, facts, doubts) => {
  expect(doubtsClock({ now, renews: true, ...facts })).toBe(doubts);
});

it.each([-400, -61, 0, 2, 400])('a revoked key, certified %i days from now, raises no doubt; tor does', (days) => {
  const facts = { now, renews: false, certifiedAt: now + days * DAY };
  expect(doubtsClock({ ...facts, torWarns: false })).toBe(false);
  expect(doubtsClock({ ...facts, torWarns: true })).toBe(true);
});
