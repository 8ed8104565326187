import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromModifiedUtf7, toModifiedUtf7 } from './mailbox-name';

describe('names in modified UTF-7', () => {
  it.each([
    // RFC 3501 5.1.3
    ['~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
    ['Entw&APw-rfe', 'Entwürfe'],
    ['R&-D', 'R&D'],
    ['&2D3cjg-', '💎'],
    ['', ''],
  ])('%s is %s', (wire, name) => {
    expect([fromModifiedUtf7(wire), toModifiedUtf7(name)]).toEqual([name, wire]);
  });

  it.each(['&', '&abc', '&AA-', '&AGE-', '&2D0-', 'ü', '\t', '&Jjo!', '&U,BTFw-&ZeVnLIqe-'])('%j is none', (wire) => {
    expect(fromModifiedUtf7(wire)).toBeUndefined();
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        fc.pre(!/\p{Surrogate}/u.test(name));
        expect(fromModifiedUtf7(toModifiedUtf7(name))).toBe(name);
      }),
    );
  });
});
