import { expect, test } from 'vitest';
import { onionFromSeed } from './onion-key';
import { makeOnionKeys } from './onion-keys';

test('derives the name and the key that tor derives', () => {
  const key = onionFromSeed(new Uint8Array(32).fill(7));
  expect(key.onion).toBe('5jfgyy7ctrjavpxvkb5rglwf7gkuo5vox27hxescd3vgsfcg2iwfmxqd.onion');
  expect(key.expandedKeyBase64).toBe(
    'KK05/v1/o+IAqcYm7vWZ5hotBVxIqCiKTn5MS8o5KHicfW2zUG1l26x8BSqu5IV0JSEMm8VAMMgm5UBVmDRSpQ==',
  );
  expect(key.publicKey).toHaveLength(32);
});

test('every derived name passes the check of names', () => {
  const keys = makeOnionKeys();
  for (let number = 0; number < 20; number += 1)
    expect(keys.check(keys.onionOf(new Uint8Array(32).fill(number)))).toBe('ok');
});

test('refuses a seed of another length', () => {
  expect(() => onionFromSeed(new Uint8Array(31))).toThrow(RangeError);
  expect(() => onionFromSeed(new Uint8Array(33))).toThrow(RangeError);
});
