import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certifyingKeyBlock, certifyingKeyOf } from './onion-certifying-key';
import { addressOf, seedOf } from '../testing/own-identity';

describe('onion certifying key', () => {
  it('is the same block for the same seed, bit for bit', async () => {
    const block = await certifyingKeyBlock(seedOf(1));
    expect(block.length).toBe(249);
    expect(createHash('sha256').update(block).digest('hex')).toBe(
      'e3ce87e68387d8fd76b78913c1acc7827cc0af810b29d84894a08b9492ad6760',
    );
    expect(await certifyingKeyBlock(seedOf(1))).toEqual(block);
  });

  it('has a fingerprint that the address alone gives', async () => {
    const key = await certifyingKeyOf(addressOf('anybody', seedOf(1)));
    expect(key.getFingerprint()).toBe('eb1a28664796a620476a19f2e1f9477ca1f8bdbf');
    expect(Buffer.from(await certifyingKeyBlock(seedOf(1))).subarray(2, 53)).toEqual(Buffer.from(key.write()));
  });

  it('differs for every seed', async () => {
    const blocks = await Promise.all([1, 2, 3, 4].map((number) => certifyingKeyBlock(seedOf(number))));
    expect(new Set(blocks.map((block) => Buffer.from(block).toString('hex'))).size).toBe(4);
  });
});
