import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson, plainText } from './plain-text';

test.each([
  ['a\u001b[2Jb', 'a[2Jb'],
  ['a\u009b31mb', 'a31mb'],
  ['one\r\ntwo\tthree', 'one\ntwo\tthree'],
  ['invoice\u202Efdp', 'invoicefdp'],
  ['a\u2066b\u2069c\u202a', 'abc'],
  ['س\u200fC++\u200e', 'س\u200fC++\u200e'],
  ['lone \ud800', 'lone '],
  ['Grüße 🙂', 'Grüße 🙂'],
])('%j becomes %j', (text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('plain JSON is ASCII and means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainJson({ text })).toMatch(/^[\x20-\x7e]*$/u);
      expect(JSON.parse(plainJson({ text }))).toEqual({ text });
    }),
  );
});
