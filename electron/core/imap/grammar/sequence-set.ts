import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';

/** Numbers of messages or UIDs; `*` is the largest there is. */
export type SequenceSet =
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  /** `$`: what the last search saved (SEARCHRES). */
  | { readonly kind: 'saved' };
type Range = { readonly one: number | '*'; readonly other: number | '*' };

/** `1,3:5,7:*` or `$` (RFC 9051 9, `sequence-set`). */
export function readSequenceSet(reader: ArgumentReader): SequenceSet {
  if (reader.skip('$')) return { kind: 'saved' };
  const ranges: Range[] = [];
  do {
    const one = bound(reader);
    ranges.push({ one, other: reader.skip(':') ? bound(reader) : one });
  } while (reader.skip(','));
  return { kind: 'ranges', ranges };
}

function bound(reader: ArgumentReader): number | '*' {
  if (reader.skip('*')) return '*';
  if (!/\d/.test(reader.next)) throw new BadCommand('A set of numbers is missing');
  return reader.nonZeroNumber();
}

/** Ranges of numbers, both ends within, ascending and apart from each other. */
export type NumberRanges = readonly { readonly from: number; readonly to: number }[];

/** `largest` is what `*` stands for; 0 when there is no message, and then `*` is nothing. */
export function toRanges(ranges: readonly Range[], largest: number): NumberRanges {
  const spans = ranges
    .filter(({ one, other }) => largest > 0 || (one !== '*' && other !== '*'))
    .map(({ one, other }) => [one === '*' ? largest : one, other === '*' ? largest : other] as const)
    .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }))
    .sort((first, second) => first.from - second.from);
  return joined(spans);
}

/** Numbers in ascending order, as ranges. */
export function rangesOf(numbers: readonly number[]): NumberRanges {
  return joined(numbers.map((number) => ({ from: number, to: number })));
}

function joined(spans: readonly { from: number; to: number }[]): NumberRanges {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of spans) {
    const last = found.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

/** As a `sequence-set`; '' for none. */
export function rangesText(ranges: NumberRanges): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${String(from)}:${String(to)}`)).join(',');
}
