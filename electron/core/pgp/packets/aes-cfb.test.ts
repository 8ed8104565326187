import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aesCfb } from './aes-cfb';

const MIB = 1 << 20;

describe('AES-CFB', () => {
  const lengths = [0, 1, 15, 16, 17, 31, 32, 33, 4096, MIB - 1, MIB, MIB + 1, MIB + 16, 3 * MIB + 5];
  const cases = [16, 24, 32].flatMap((keyLength) => lengths.map((length) => [keyLength * 8, length] as const));

  it.each(cases)('with %i bits agrees with OpenSSL on %i octets', (bits, length) => {
    const key = randomBytes(bits / 8);
    const iv = Buffer.alloc(16);
    const plain = randomBytes(length);
    const data = Buffer.from(plain);
    aesCfb('encrypt', key, data);
    expect(data.equals(createCipheriv(`aes-${bits}-cfb`, key, iv).update(plain))).toBe(true);
    expect(createDecipheriv(`aes-${bits}-cfb`, key, iv).update(data).equals(plain)).toBe(true);
    aesCfb('decrypt', key, data);
    expect(data.equals(plain)).toBe(true);
  });
});
