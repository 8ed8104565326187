import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './safe-file-name';

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../.bashrc', 'bashrc'],
  ['C:\\Windows\\evil.exe', 'evil.exe'],
  ['', 'file'],
  ['...', 'file'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  [`${'x'.repeat(300)}.eml`, `${'x'.repeat(196)}.eml`],
  [`${'漢'.repeat(100)}.pdf`, `${'漢'.repeat(65)}.pdf`],
])('%j becomes %j', (suggested, expected) => {
  expect(safeFileName(suggested)).toBe(expected);
});

test('no name leads to another folder or is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (suggested) => {
      const name = safeFileName(suggested);
      expect(name).toMatch(/^[^/\\\0]+$/u);
      expect(name.startsWith('.')).toBe(false);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    }),
  );
});
