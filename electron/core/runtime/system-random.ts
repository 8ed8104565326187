import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../ports/runtime';

/** Chance from the operating system, fit for keys. */
export function systemRandom(): Random {
  return {
    bytes: (length) => new Uint8Array(randomBytes(length)),
    uuid: () => randomUUID(),
    // 48 bits are what Number can take without rounding up to 1.
    fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}
