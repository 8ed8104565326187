import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzTarget } from './all-targets';

/** The seeds of a target by name. @param folder such as `fuzz/seeds/vcard` */
export function readSeeds(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * Shows every seed to a target, and then as many inputs that are made of seeds by chance, the same in every run.
 * @throws with the name of the seed, or the input, when the target finds something
 */
export async function replay(
  target: FuzzTarget,
  o: { readonly seeds: ReadonlyMap<string, Uint8Array>; readonly mutations: number },
): Promise<void> {
  await show(target, new Uint8Array(), 'of no octets');
  for (const [name, octets] of o.seeds) await show(target, octets, name);
  const inputs = fc.asyncProperty(mutated([...o.seeds.values()]), async (octets) => target(Buffer.from(octets)));
  await fc.assert(inputs, { numRuns: o.mutations, seed: SEED });
}

const SEED = 10;

async function show(target: FuzzTarget, octets: Uint8Array, name: string): Promise<void> {
  try {
    await target(Buffer.from(octets));
  } catch (error) {
    throw new Error(`the seed ${name} is a find`, { cause: error });
  }
}

/** From `at` on, `cut` octets are replaced by `put`. Places are parts of the whole, so that they fit any seed. */
type Change = { readonly at: number; readonly cut: number; readonly put: Uint8Array };

function mutated(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const some = fc.constantFrom(...seeds);
  const piece = fc.tuple(some, place, place).map(([seed, from, length]) => partOf(seed, from, length * 0.2));
  const put = fc.oneof(fc.uint8Array({ maxLength: 4 }), piece, fc.constantFrom(...ODD_PIECES));
  const change = fc.record({ at: place, cut: place.map((size) => size ** 6), put });
  return fc
    .tuple(some, fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([seed, changes]) => applied(seed, changes));
}

/** What parsers stumble over: ends, quotes, lengths at the edge, characters that turn or vanish. */
const ODD_PIECES = ['', '\r\n', '\n', '\0', '"', '(', '<', '--', '=', '%', '&', '\u202e', '\ufeff', '\ud7ff', 'é', '🎺']
  .map((text) => new Uint8Array(Buffer.from(text)))
  .concat([Uint8Array.of(0xff, 0xff, 0xff, 0xff), Uint8Array.of(0xed, 0xa0, 0x80), Uint8Array.of(0x80)]);

function partOf(octets: Uint8Array, from: number, length: number): Uint8Array {
  const start = Math.floor(from * octets.length);
  return octets.subarray(start, start + Math.ceil(length * octets.length));
}

function applied(seed: Uint8Array, changes: readonly Change[]): Uint8Array {
  return changes.reduce<Uint8Array>((octets, { at, cut, put }) => {
    const start = Math.floor(at * octets.length);
    const end = start + Math.floor(cut * octets.length);
    return Buffer.concat([octets.subarray(0, start), put, octets.subarray(end)]);
  }, seed);
}
