import { createHash } from 'node:crypto';
import { encodeBase32 } from '../../domain/base32';
import type { ListCrypto } from '../../domain/lists/entry';

/** What an onion «signs» in a virtual network: quick, and nobody there computes it for somebody else. */
export const signAs = (onion: string, text: string): string =>
  createHash('sha512').update(`${onion}\n${text}`).digest('base64url');

export const testCrypto: ListCrypto = {
  sha256: (of) => createHash('sha256').update(of).digest('hex'),
  verify: ({ onion, text, signature }) => signAs(onion, text) === signature,
  toOctets: (text) => new Uint8Array(Buffer.from(text, 'utf8')),
  toText: (octets) => Buffer.from(octets).toString('utf8'),
  toBase64: (octets) => Buffer.from(octets).toString('base64'),
  fromBase64: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 26 letters that follow from a name. */
export const installNamed = (name: string): string =>
  encodeBase32(createHash('sha256').update(name).digest().subarray(0, 16));
