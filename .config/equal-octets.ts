/**
 * Set-up of every test file: `toEqual` and its kin compare octets as a block. By itself Vitest asks of every octet
 * whether it is a symbol, a DOM node, another iterable: half of the time of a test that compares megabytes.
 */
import { expect } from 'vitest';

expect.addEqualityTesters([equalOctets]);

/** Undefined leaves the answer to Vitest, which knows when a Buffer may stand for another kind of octets. */
function equalOctets(one: unknown, other: unknown): boolean | undefined {
  if (!(one instanceof Uint8Array && other instanceof Uint8Array)) return undefined;
  if (Buffer.compare(one, other) !== 0) return false;
  return one.constructor === other.constructor ? true : undefined;
}
