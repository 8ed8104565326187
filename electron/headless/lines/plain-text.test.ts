import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLine } from '../../../shared/text/plain-line';
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

test.each([
  [' a\nb\t c ', 'a b c'],
  [`Book.pdf${'\u2800'.repeat(26)}.exe`, 'Book.pdf .exe'],
  ['in\u200bvoice\u00ad\u{e0041}.pdf', 'invoice.pdf'],
  ['a\u2028b\u001b[2Jc', 'a b [2Jc'],
  ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
])('%j is one line, as the window has it', (text, expected) => {
  expect(plainLine(text)).toBe(expected);
});

test('plain JSON is ASCII and means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainJson({ text })).toMatch(/^[\x20-\x7e]*$/u);
      expect(JSON.parse(plainJson({ text }))).toEqual({ text });
    }),
  );
});
