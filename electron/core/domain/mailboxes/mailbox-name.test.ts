import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import { foldedName, mailboxName } from './mailbox-name';

const refused = expect.objectContaining({ code: 'mailbox-refused' }) as Error;

describe('the name of a mailbox', () => {
  it.each([
    ['Projects', 'Projects'],
    ['  two  words ', 'two words'],
    ['Bu\u0308cher', 'Bücher'],
    ['2026', '2026'],
    ['a.b', 'a.b'],
    ['تصویرها\u200cی من', 'تصویرها\u200cی من'],
    ['👩\u200d👩\u200d👧 Familie', '👩\u200d👩\u200d👧 Familie'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['😀'.repeat(200), '😀'.repeat(200)],
  ])('%j is kept as %j', (typed, kept) => {
    expect(mailboxName(typed)).toBe(kept);
  });

  it.each([
    ['nothing', ''],
    ['blanks alone', ' \u00a0 '],
    ['characters of no width alone', '\u200b'],
    ['what looks like a blank', '\u3164'],
    ['a separator', 'a/b'],
    ['the way out', '../x'],
    ['the other separator', 'a\\b'],
    ['dots alone', '..'],
    ['one dot', '.'],
    ['a NUL', 'a\0b'],
    ['a line end', 'a\r\nb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001b[31mb'],
    ['C1', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a turn of the writing', 'gpj.\u202eexe'],
    ['an isolate', 'a\u2066b'],
    ['a mark of direction', 'a\u200fb'],
    ['a byte order mark', 'a\ufeffb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a tag character', 'a\u{e0041}b'],
    ['half a pair', 'a\ud800b'],
    ['a pattern', 'a%'],
    ['another pattern', '*'],
    ['a name space', '#news'],
    ['modified UTF-7', '&AOQ-'],
    ['a home', '~root'],
    ['too many characters', 'x'.repeat(201)],
    ['too many in NFC', 'é'.repeat(201)],
  ])('is not %s', (_what, typed) => {
    expect(() => mailboxName(typed)).toThrow(refused);
  });

  it('is the same when it is given again, and never two lines, two levels or out of sight', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        let name;
        try {
          name = mailboxName(typed);
        } catch (error) {
          expect(error).toBeInstanceOf(PosthornError);
          return;
        }
        expect(mailboxName(name)).toBe(name);
        expect(name).toBe(name.normalize('NFC'));
        expect(name).not.toMatch(
          /[\p{Cc}\p{Cs}/\\%*\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]|^$|^[ #&~]| $/u,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('two names', () => {
  it.each([
    ['ABC', 'abc'],
    ['Bu\u0308cher', 'BÜCHER'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁn', 'FIN'],
    ['Ａ', 'a'],
    ['क्\u200dष', 'क्ष'],
  ])('%j and %j are one', (one, other) => {
    expect(foldedName(one)).toBe(foldedName(other));
  });

  it.each([
    ['cafe', 'café'],
    ['a', 'b'],
    ['a b', 'ab'],
  ])('%j and %j are two', (one, other) => {
    expect(foldedName(one)).not.toBe(foldedName(other));
  });

  it('are one when they differ in case alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (name) => {
        expect(foldedName(name.toUpperCase())).toBe(foldedName(name));
        expect(foldedName(foldedName(name))).toBe(foldedName(name));
      }),
      { numRuns: 1_000 },
    );
  });
});
