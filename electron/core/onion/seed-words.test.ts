import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeOnionKeys } from './onion-keys';

const keys = makeOnionKeys();
const toWords = (octets: Uint8Array): string[] => keys.toWords(octets);
const fromWords = (words: string): Uint8Array | undefined => keys.fromWords(words);
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('words come back as the seed they were made of', () => {
  fc.assert(
    fc.property(seed, (octets) => {
      const words = toWords(octets);
      expect(words).toHaveLength(24);
      expect(fromWords(words.join(' '))).toEqual(octets);
    }),
  );
});

test('BIP 39’s own vectors are kept', () => {
  expect(toWords(new Uint8Array(32).fill(0x7f)).join(' ')).toBe(
    'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title',
  );
  expect(toWords(new Uint8Array(32)).join(' ')).toBe(`${'abandon '.repeat(23)}art`);
});

test('how they were typed does not matter', () => {
  const octets = new Uint8Array(32).fill(7);
  const words = toWords(octets);
  expect(fromWords(words.map((word, index) => `${String(index + 1)}. ${word.toUpperCase()}`).join('\n'))).toEqual(
    octets,
  );
  expect(fromWords(`  ${words.join('\t ')}\r\n`)).toEqual(octets);
});

test('words that are none, too few, or with a wrong checksum are told', () => {
  const words = toWords(new Uint8Array(32).fill(7));
  expect(fromWords('')).toBeUndefined();
  expect(fromWords(words.slice(1).join(' '))).toBeUndefined();
  expect(fromWords([...words, words[0]].join(' '))).toBeUndefined();
  expect(fromWords([...words.slice(1), 'posthorn'].join(' '))).toBeUndefined();
  expect(fromWords(`${'abandon '.repeat(23)}zoo`)).toBeUndefined();
  // Twelve words are a BIP 39 text too, but of half a seed.
  expect(fromWords(`${'abandon '.repeat(11)}about`)).toBeUndefined();
});
