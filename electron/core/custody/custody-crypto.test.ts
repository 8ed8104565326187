import { createPrivateKey, createHmac, sign as signWithNode } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OnionHost } from '../../../shared/ids';
import { decodeBase32, encodeBase32 } from '../domain/base32';
import { onionFromSeed } from '../onion/onion-key';
import { createCustodyCrypto } from './create-custody-crypto';
import { onionOf, seedOf } from './testing/facts';

const crypto = createCustodyCrypto();
const TEXT = 'Posthorn custody receipt 1\nholder: Grüße\n';
const seed = seedOf(1);
const onion = onionOf(1);
const signature = crypto.sign({ seed, text: TEXT });

/** The name that belongs to any 32 octets, with a right checksum. */
function nameOf(point: Uint8Array, version = 3): OnionHost {
  const checksum = sha3_256(Buffer.concat([Buffer.from('.onion checksum'), point, Uint8Array.of(version)])).subarray(
    0,
    2,
  );
  return `${encodeBase32(Buffer.concat([point, checksum, Uint8Array.of(version)]))}.onion` as OnionHost;
}

describe('onion statements', () => {
  it('are signed as RFC 8032 has it', () => {
    const key = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
      format: 'der',
      type: 'pkcs8',
    });
    expect(signature).toBe(signWithNode(null, Buffer.from(TEXT), key).toString('base64url'));
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
  });

  it('hold for their onion and their text alone', () => {
    expect(crypto.verify({ onion, text: TEXT, signature })).toBe(true);
    expect(crypto.verify({ onion, text: `${TEXT} `, signature })).toBe(false);
    expect(crypto.verify({ onion: onionOf(2), text: TEXT, signature })).toBe(false);
  });

  it('hold for every onion', () => {
    for (let number = 0; number < 20; number += 1) {
      const own = crypto.sign({ seed: seedOf(number), text: TEXT });
      expect(crypto.verify({ onion: onionFromSeed(seedOf(number)).onion, text: TEXT, signature: own })).toBe(true);
    }
  });

  it('do not hold with any bit changed', () => {
    const octets = Buffer.from(signature, 'base64url');
    for (let bit = 0; bit < 512; bit += 1) {
      const changed = Buffer.from(octets);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(crypto.verify({ onion, text: TEXT, signature: changed.toString('base64url') })).toBe(false);
    }
  });

  it('have one spelling', () => {
    const last = signature.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const same = Array.from(alphabet).filter(
      (letter) =>
        letter !== last &&
        Buffer.from(signature.slice(0, -1) + letter, 'base64url').equals(Buffer.from(signature, 'base64url')),
    );
    expect(same).toHaveLength(15);
    for (const letter of same)
      expect(crypto.verify({ onion, text: TEXT, signature: signature.slice(0, -1) + letter })).toBe(false);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const half = Buffer.from(signature, 'base64url');
    const scalar = BigInt(`0x${Buffer.from(half.subarray(32)).reverse().toString('hex')}`) + order;
    const malleable = Buffer.concat([
      half.subarray(0, 32),
      Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse(),
    ]);
    expect(crypto.verify({ onion, text: TEXT, signature: malleable.toString('base64url') })).toBe(false);
  });

  it('are refused when malformed, without an exception', () => {
    for (const wrong of [
      '',
      'A',
      `${signature}A`,
      signature.slice(1),
      `${signature.slice(0, -1)}=`,
      ` ${signature.slice(1)}`,
      `${signature}\n`,
      '\ud800'.repeat(86),
    ]) {
      expect(crypto.verify({ onion, text: TEXT, signature: wrong })).toBe(false);
    }
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        (name, text) => !crypto.verify({ onion: name as OnionHost, text: TEXT, signature: text }),
      ),
    );
  });

  it('are refused under a name with a wrong checksum or version, or in another spelling', () => {
    const { publicKey } = onionFromSeed(seed);
    expect(nameOf(publicKey)).toBe(onion);
    const letter = onion[54] === 'a' ? 'b' : 'a';
    for (const wrong of [
      nameOf(publicKey, 2),
      `${onion.slice(0, 53)}${letter}${onion.slice(54)}`,
      onion.toUpperCase(),
      `x.${onion}`,
      `${onion}.`,
      onion.slice(0, -6),
    ]) {
      expect(crypto.verify({ onion: wrong as OnionHost, text: TEXT, signature })).toBe(false);
    }
  });

  it('are refused under keys of small order, with torsion, or in a second spelling', () => {
    const identity = Uint8Array.of(1, ...new Uint8Array(31));
    const forged = Buffer.concat([identity, new Uint8Array(32)]).toString('base64url');
    expect(crypto.verify({ onion: nameOf(identity), text: TEXT, signature: forged })).toBe(false);
    const eighth = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
    expect(eighth.isSmallOrder()).toBe(true);
    const twisted = ed25519.Point.fromBytes(onionFromSeed(seed).publicKey).add(eighth).toBytes();
    expect(crypto.verify({ onion: nameOf(twisted), text: TEXT, signature })).toBe(false);
    for (let above = 0; above < 19; above += 1) {
      const second = Uint8Array.of(0xed + above, ...new Uint8Array(30).fill(0xff), 0x7f);
      expect(crypto.verify({ onion: nameOf(second), text: TEXT, signature: forged })).toBe(false);
    }
  });

  it('are still told apart when thousands of names were asked for', () => {
    const fresh = createCustodyCrypto();
    for (let number = 0; number < 600; number += 1) {
      const name = nameOf(new Uint8Array(32).fill(number & 0xff).fill(number >> 8, 16)).replace(/^./, 'a') as OnionHost;
      expect(fresh.verify({ onion: name, text: TEXT, signature })).toBe(false);
    }
    expect(fresh.verify({ onion, text: TEXT, signature })).toBe(true);
  });
});

describe('tokens', () => {
  it('follow from seed, holder and number', () => {
    const token = crypto.token({ seed: seedOf(9), holder: onion, index: 258 });
    const expected = createHmac('sha256', seedOf(9))
      .update(Buffer.concat([Buffer.from(`posthorn delivery token 1${onion}`), Uint8Array.of(0, 0, 1, 2)]))
      .digest();
    expect(token).toMatch(/^[a-z2-7]{26}$/);
    expect(Buffer.from(decodeBase32(token) ?? [])).toEqual(expected.subarray(0, 16));
  });

  it('differ by seed, holder and number', () => {
    const all = [1, 2].flatMap((number) =>
      [1, 2].flatMap((host) =>
        [0, 1, 256, 0xffff_ffff].map((index) => crypto.token({ seed: seedOf(number), holder: onionOf(host), index })),
      ),
    );
    expect(new Set(all).size).toBe(16);
    for (const index of [-1, 1.5, 2 ** 32, NaN])
      expect(() => crypto.token({ seed, holder: onion, index })).toThrow(RangeError);
  });

  it('are known to a holder by half a hash', async () => {
    const hash = crypto.tokenHash('abc');
    expect(Buffer.from(hash).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223');
    expect(await crypto.digest(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
