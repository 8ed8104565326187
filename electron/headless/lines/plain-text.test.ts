import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson, plainLine, plainText } from './plain-text';

test.each([
  ['a\u001b[2Jb', 'a[2Jb'],
  ['a\u009b31mb', 'a31mb'],
  ['one\r\ntwo\tthree', 'one\ntwo\tthree'],
  ['invoice\u202Efdp', 'invoicefdp'],
  ['Grüße 🙂', 'Grüße 🙂'],
])('%j becomes %j', (text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('a line is one line', () => {
  expect(plainLine(' a\nb\t c ')).toBe('a b c');
});

test('plain JSON is ASCII and means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainJson({ text })).toMatch(/^[\x20-\x7e]*$/u);
      expect(JSON.parse(plainJson({ text }))).toEqual({ text });
    }),
  );
});
