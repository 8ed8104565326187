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
  expect(doubtsClock({ now, ...facts })).toBe(doubts);
});
