import type { Random } from '../../ports/runtime';

/** A multipart boundary of 144 random bits that says nothing about the program that made it. */
export function newBoundary(random: Pick<Random, 'bytes'>): string {
  return Buffer.from(random.bytes(18)).toString('hex');
}
