import { createHash } from 'node:crypto';
import type { Random } from '../../ports/runtime';

/**
 * Chance that comes out the same for the same seed (xorshift128 by Marsaglia): a simulation must be repeatable, not
 * unpredictable.
 */
export class SeededRandom implements Random {
  readonly #state: Uint32Array;

  constructor(private readonly seed: string) {
    this.#state = stateOf(seed);
  }

  /** An independent stream: what one part of the world draws does not change what another gets. */
  fork(name: string): SeededRandom {
    return new SeededRandom(`${this.seed}/${name}`);
  }

  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 4) {
      const word = this.#next();
      for (let octet = 0; octet < 4 && at + octet < length; octet += 1) bytes[at + octet] = word >>> (8 * octet);
    }
    return bytes;
  }

  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** True so often. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.fraction();
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to choose from');
    return item;
  }

  /**
   * Log-normal: `median`, and `spread` as the standard deviation of the logarithm. Waits and sizes of the real world
   * have a long tail.
   */
  around(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
    return median * Math.exp(spread * normal);
  }

  /** How many of the rare things happen when `mean` happen on average (Poisson, by Knuth's product). */
  count(mean: number): number {
    let product = this.fraction();
    let count = 0;
    for (const limit = Math.exp(-mean); product > limit; count += 1) product *= this.fraction();
    return count;
  }

  #next(): number {
    const state = this.#state;
    const [first = 0, , , last = 0] = state;
    const mixed = first ^ (first << 11);
    state.copyWithin(0, 1);
    const next = (last ^ (last >>> 19) ^ mixed ^ (mixed >>> 8)) >>> 0;
    state[3] = next;
    return next;
  }
}

/** Through a hash, so that near seeds begin far apart. */
function stateOf(seed: string): Uint32Array {
  const digest = createHash('sha256').update(seed).digest();
  return Uint32Array.from({ length: 4 }, (_, lane) => digest.readUInt32LE(4 * lane));
}
