import { isDeepStrictEqual } from 'node:util';

/** What a target promises of its answers and what did not hold: a find, as any other error that leaves a target is. */
class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** @throws BrokenPromise with `what`, unless it holds */
export function claim(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BrokenPromise(what);
}

/** Claims that two answers are the same to the last octet. */
export function claimSame(one: unknown, other: unknown, what: string): void {
  claim(isDeepStrictEqual(one, other), what);
}

/** Claims that text is whole Unicode: half a character is an error in a file name, in a database, in a URL. */
export function claimWhole(text: string, what: string): void {
  claim(!/\p{Cs}/u.test(text), `${what} has half a character in it`);
}

/** Claims that a text is one line without control characters, as everything that stands in a list has to be. */
export function claimOneLine(text: string, what: string): void {
  claimWhole(text, what);
  claim(!/[\p{Cc}\u2028\u2029]/u.test(text), `${what} has a control character in it`);
}

/** Claims that nothing in a text turns the direction of writing: what is shown is what is there. */
export function claimOneDirection(text: string, what: string): void {
  claim(!/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text), `${what} turns the direction of writing`);
}

/**
 * Claims that an answer is not much larger than what it was made of, in characters and octets: whoever sends little
 * must not fill memory. A field costs a few, too, so that a million empty ones count.
 * @param o.times how often an octet of the input may come back, as in several fields of the answer
 */
export function claimBounded(answer: unknown, o: { readonly input: Uint8Array; readonly times: number }): void {
  const weight = weightOf(answer);
  const most = o.times * o.input.length + BASE_WEIGHT;
  claim(weight <= most, `an answer of ${String(weight)} to ${String(o.input.length)} octets`);
}

/** Of an answer that says nothing but how little it was given. */
const BASE_WEIGHT = 4_096;
const FIELD_WEIGHT = 4;

function weightOf(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length + FIELD_WEIGHT;
  if (typeof value !== 'object' || value === null) return FIELD_WEIGHT;
  const inside = value instanceof Map ? [...value.keys(), ...value.values()] : Object.values(value);
  return inside.reduce<number>((sum, item) => sum + weightOf(item), FIELD_WEIGHT);
}
