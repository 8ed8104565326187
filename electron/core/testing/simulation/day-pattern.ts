import type { SeededRandom } from './seeded-random';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How somebody lives with their machine. */
export type Habit = 'always-on' | 'office' | 'evening' | 'phone' | 'home';

/** Whole milliseconds since day 0. */
export type Span = { readonly from: number; readonly to: number };

/** The share of people with each habit; with the hours below, about 30 of 100 are online at a time. */
const HABITS: readonly (readonly [Habit, number])[] = [
  ['always-on', 0.05],
  ['office', 0.25],
  ['evening', 0.36],
  ['phone', 0.2],
  ['home', 0.14],
];

/** Hours from UTC, and the share of people who live there. */
const ZONES: readonly (readonly [number, number])[] = [
  [-5, 0.3],
  [1, 0.5],
  [8, 0.2],
];

export const drawHabit = (random: SeededRandom): Habit => drawShare(HABITS, random.fraction());
export const drawZone = (position: number): number => drawShare(ZONES, position);

/**
 * When somebody's machine is on, in `days` days from a Monday 0:00 UTC; ordered, without overlaps. `away`: share of
 * people who go away in the first week.
 */
export function onlineSpans(o: {
  readonly habit: Habit;
  readonly zone: number;
  readonly days: number;
  readonly away: number;
  readonly random: SeededRandom;
}): Span[] {
  const away = drawAbsence(o.random, o.away);
  const spans: Span[] = [];
  for (let day = 0; day < o.days; day += 1) {
    if (day >= away.from && day < away.to) continue;
    const midnight = day * DAY - o.zone * HOUR;
    spans.push(
      ...spansOfDay[o.habit](day % 7 >= 5, o.random).map(({ from, to }) => ({
        from: Math.round(midnight + from * HOUR),
        to: Math.round(midnight + to * HOUR),
      })),
    );
  }
  return joined(spans.filter(({ to }) => to > 0).map(({ from, to }) => ({ from: Math.max(0, from), to })));
}

/** Hours of a day at the person's place; `to` may be past midnight. */
const spansOfDay: Record<Habit, (isWeekend: boolean, random: SeededRandom) => Span[]> = {
  'always-on': () => [{ from: 0, to: 24 }],
  office: (isWeekend, random) =>
    isWeekend || random.chance(0.05) ? [] : [around(random, 8, 12.5, 0.5), around(random, 13, 18, 0.5)],
  evening: (isWeekend, random) => [
    ...(random.chance(0.92) ? [around(random, 18, 23, 0.9)] : []),
    ...(isWeekend && random.chance(0.7) ? [around(random, 10, 15, 1)] : []),
  ],
  phone: (_isWeekend, random) => Array.from({ length: 8 + random.below(9) }, () => shortSpan(random)),
  home: (_isWeekend, random) => [
    around(random, 8, 12.3, 0.8),
    around(random, 13, 18.3, 0.8),
    ...(random.chance(0.8) ? [around(random, 19.3, 23.3, 0.6)] : []),
  ],
};

function around(random: SeededRandom, from: number, to: number, loose: number): Span {
  return { from: from + random.between(-loose, loose), to: to + random.between(-loose, loose) };
}

function shortSpan(random: SeededRandom): Span {
  const from = random.between(7, 23);
  return { from, to: from + Math.min(random.around(0.5, 0.6), 2) };
}

/** Days from and to: most who go away do so for days, and some for longer than mail is kept. */
function drawAbsence(random: SeededRandom, share: number): Span {
  const from = random.below(7);
  const goes = random.chance(share);
  const days = random.chance(0.15) ? 23 : 2 + random.below(9);
  return goes ? { from, to: from + days } : { from: Infinity, to: Infinity };
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && span.from <= last.to + MINUTE)
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else all.push(span);
  }
  return all;
}

function drawShare<T>(shares: readonly (readonly [T, number])[], fraction: number): T {
  let sum = 0;
  for (const [value, share] of shares) {
    sum += share;
    if (fraction < sum) return value;
  }
  const last = shares.at(-1);
  if (!last) throw new Error('Nothing to choose from');
  return last[0];
}
