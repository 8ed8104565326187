import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { decodeBase32, encodeBase32 } from '../domain/base32';
import { cachedOnionCheck, checkOnionAddress } from './onion-address-check';
import { onionChecksum } from './onion-checksum';

const GOOD = '5jfgyy7ctrjavpxvkb5rglwf7gkuo5vox27hxescd3vgsfcg2iwfmxqd.onion';
const KEY = (decodeBase32(GOOD.slice(0, 56)) ?? new Uint8Array()).subarray(0, 32);

function nameOf(publicKey: Uint8Array, version = 3): string {
  return `${encodeBase32(Buffer.concat([publicKey, onionChecksum(publicKey, version), Uint8Array.of(version)]))}.onion`;
}

test('a good name', () => {
  expect(nameOf(KEY)).toBe(GOOD);
  expect(checkOnionAddress(GOOD)).toBe('ok');
});

test.each([
  ['', 'length'],
  [GOOD.slice(1), 'length'],
  [`${GOOD}.`, 'length'],
  [`mail.${GOOD}`, 'length'],
  [GOOD.replace('.onion', '.0nion'), 'length'],
  ['expyuzz4wqqyqhjn.onion', 'length'],
  [GOOD.toUpperCase(), 'case'],
  [GOOD.replace('5', 'Q'), 'case'],
  [GOOD.replace('5', '1'), 'alphabet'],
  [GOOD.replace('5', '8'), 'alphabet'],
  [GOOD.replace('5', 'а'), 'alphabet'],
  [GOOD.replace('5', 'q'), 'checksum'],
  [GOOD.replace('jf', 'fj'), 'checksum'],
  [nameOf(KEY, 4), 'version'],
  [nameOf(KEY, 2), 'version'],
])('%s is refused: %s', (host, verdict) => {
  expect(checkOnionAddress(host)).toBe(verdict);
});

test('every letter exchanged is noticed', () => {
  for (let at = 0; at < 56; at += 1) {
    const other = GOOD[at] === 'a' ? 'b' : 'a';
    expect(checkOnionAddress(GOOD.slice(0, at) + other + GOOD.slice(at + 1))).not.toBe('ok');
  }
});

/** A point of order 8, from the curve's small subgroup. */
const ORDER_8 = Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex');

test('points of small order are refused', () => {
  const identity = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 1 : 0));
  expect(checkOnionAddress(nameOf(identity))).toBe('low-order');
  expect(checkOnionAddress(nameOf(new Uint8Array(32)))).toBe('low-order');
  expect(checkOnionAddress(nameOf(ORDER_8))).toBe('low-order');
});

test('the same key with torsion added is refused', () => {
  const twisted = ed25519.Point.fromBytes(KEY).add(ed25519.Point.fromBytes(ORDER_8)).toBytes();
  expect(checkOnionAddress(nameOf(twisted))).toBe('torsion');
});

test('octets that are no point, or another spelling of one, are refused', () => {
  expect(checkOnionAddress(nameOf(Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 2 : 0))))).toBe(
    'low-order',
  );
  const spelledDifferently = Buffer.from('eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'hex');
  expect(checkOnionAddress(nameOf(spelledDifferently))).toBe('low-order');
});

test('the remembering check forgets the oldest and stays bounded', () => {
  const check = cachedOnionCheck(2);
  for (const host of [GOOD, GOOD.replace('5', 'q'), GOOD.toUpperCase(), GOOD])
    expect(check(host)).toBe(checkOnionAddress(host));
});
