import type { Span } from './day-pattern';
import type { SeededRandom } from './seeded-random';

const DAY = 24 * 60 * 60_000;
const TEXT_BYTES = 2_000;
const LONGEST_BYTES = 40_000;
const LINE = 72;

/** A message somebody is going to write. `at`: milliseconds since the simulation began. */
export type Letter = { readonly at: number; readonly to: number; readonly subject: string; readonly text: string };

/** The letters of one person, at times when the machine is on; on days when it is never on, there are no letters. */
export function planLetters(o: {
  readonly person: number;
  readonly spans: readonly Span[];
  readonly acquaintances: readonly number[];
  readonly days: number;
  readonly perDay: number;
  readonly random: SeededRandom;
}): Letter[] {
  const letters: Letter[] = [];
  for (let day = 0; day < o.days; day += 1) {
    const today = clipped(o.spans, { from: day * DAY, to: (day + 1) * DAY });
    if (today.length === 0) continue;
    for (let left = o.random.count(o.perDay); left > 0; left -= 1) {
      const subject = `Letter ${String(o.person)}-${String(letters.length + 1)}`;
      letters.push({
        at: timeWithin(today, o.random.fraction()),
        to: o.random.pick(o.acquaintances),
        subject,
        text: drawText(o.random),
      });
    }
  }
  return letters.sort((a, b) => a.at - b.at);
}

function clipped(spans: readonly Span[], { from, to }: Span): Span[] {
  return spans
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.from < span.to);
}

/** The moment after this share of all the time in these spans. */
function timeWithin(spans: readonly Span[], share: number): number {
  let left = share * spans.reduce((sum, { from, to }) => sum + to - from, 0);
  for (const { from, to } of spans) {
    if (left < to - from) return from + left;
    left -= to - from;
  }
  return spans.at(-1)?.to ?? 0;
}

function drawText(random: SeededRandom): string {
  const length = Math.min(Math.round(random.around(TEXT_BYTES, 0.9)), LONGEST_BYTES);
  const line = Buffer.from(random.bytes(LINE / 2)).toString('hex');
  return `${line}\n`.repeat(Math.ceil(length / (LINE + 1)));
}
