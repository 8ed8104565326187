import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from './file-name';

const octets = (text: string): number => encodeURIComponent(text).replace(/%../g, 'x').length;

describe('a file name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Übersicht 🎉.pdf', 'Übersicht 🎉.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['../../.bashrc', 'bashrc'],
    ['C:\\Windows\\system32\\x.dll', 'x.dll'],
    ['a\0b\r\n.txt', 'ab.txt'],
    ['what?*.txt', 'what__.txt'],
    ['a:b<c>|".txt', 'a_b_c___.txt'],
    ['trailing. . ', 'trailing'],
    [' . .leading.txt', 'leading.txt'],
    ['U\u0308ber.txt', 'Über.txt'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it.each(['', '..', '...', ' . ', '\u2800', '\u202e', '\u200d', '/', 'a/', undefined, null])(
    '%j is none, and stands for another',
    (given) => {
      expect(safeFileName(given)).toBe('attachment');
      expect(safeFileName(given, 'file')).toBe('file');
    },
  );

  it.each(['CON', 'nul.txt', 'com1', 'LPT9.a.b', 'aux ', 'CON .txt', 'com¹.x', 'conin$', 'prn.'])(
    '%j opens no device',
    (given) => {
      expect(safeFileName(given)).toMatch(/^_/);
    },
  );

  it.each(['\u2800', '\u3164', '\uffa0', '\u115f', ' ', '\u00a0', '\u2003', '\u3000', '\t', ' \u2800'])(
    'is not padded with %j until its true ending is out of sight',
    (blank) => {
      expect(safeFileName(`Book.pdf${blank.repeat(26)}.exe`)).toMatch(/^Book\.pdf ?\.exe$/);
    },
  );

  it.each([
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u200b',
    '\ufeff',
    '\u00ad',
    '\u{e0041}',
  ])('holds no %j, which turns or hides', (character) => {
    expect(safeFileName(`invoice${character}fdp.exe`)).toBe('invoicefdp.exe');
  });

  it.each([
    '👨\u200d👩\u200d👧.png',
    '🏳\ufe0f\u200d🌈.png',
    '👩🏽\u200d🚀.jpg',
    'می\u200cخواهم.pdf',
    'क्\u200dष.txt',
    '1\ufe0f\u20e3.txt',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.png',
    '葛\u{e0100}城.txt',
    'ᠮᠣᠩᠭᠣᠯ\u180b.txt',
    'ᠰᠠᠷ\u180eᠠ.txt',
  ])('keeps the joiners of %j', (given) => {
    expect(safeFileName(given)).toBe(given);
  });

  it.each([
    'pd\u200df.exe',
    'a\u200cb.txt',
    'a\ufe0fb.txt',
    '\u200da.txt',
    'a\u200d',
    '中\u200d文.txt',
    'خ\u200d.txt',
    'a\u{e0100}b.txt',
    '中\u180b.txt',
    '\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}.exe',
  ])('loses the joiner of %j, which joins nothing', (given) => {
    expect(safeFileName(given)).toBe(given.replace(/\u200c|\u200d|\ufe0f|\u180b|[\u{e0000}-\u{e01ef}]/gu, ''));
  });

  it.each([
    [`${'x'.repeat(300)}.eml`, `${'x'.repeat(196)}.eml`],
    [`${'漢'.repeat(100)}.pdf`, `${'漢'.repeat(65)}.pdf`],
    [`${'🎉'.repeat(100)}.tar`, `${'🎉'.repeat(49)}.tar`],
    ['y'.repeat(300), 'y'.repeat(200)],
    [`a.${'z'.repeat(300)}`, `a.${'z'.repeat(198)}`],
  ])('is cut to what can be saved, with its ending', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('is safe, whatever is given, and then stays as it is', () => {
    const hard = fc.constantFrom(
      '.',
      ' ',
      '/',
      '\\',
      '\u2800',
      '\u200d',
      '\u202e',
      'con',
      '👩',
      'می',
      '\ufe0f',
      'a',
      '\u0308',
    );
    const given = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.array(hard, { maxLength: 80 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(given, (text) => {
        const safe = safeFileName(text);
        expect(octets(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/[/\\\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|^[. ]|[. ]$|^$/u);
        expect(safeFileName(safe)).toBe(safe);
      }),
      { numRuns: 1_000 },
    );
  });
});
