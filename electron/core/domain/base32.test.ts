import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from './base32';

describe('base32', () => {
  it('comes back, and has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (octets) =>
        Buffer.from(decodeBase32(encodeBase32(octets)) ?? []).equals(octets),
      ),
    );
    expect([decodeBase32('ab'), decodeBase32('aa'), decodeBase32('A'), decodeBase32('a'), decodeBase32('1')]).toEqual([
      undefined,
      Uint8Array.of(0),
      undefined,
      undefined,
      undefined,
    ]);
  });
});
