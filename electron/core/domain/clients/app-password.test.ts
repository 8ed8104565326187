import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APP_PASSWORD_OCTETS, appPasswordFrom, foldAppPassword } from './app-password';

const octets = fc.uint8Array({ minLength: APP_PASSWORD_OCTETS, maxLength: APP_PASSWORD_OCTETS });

describe('an app password', () => {
  it('has four groups of five letters, and all 32 letters have the same chance', () => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    const counts = new Map<string, number>();
    for (const letter of appPasswordFrom(all).replaceAll('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array<number>(32).fill(8));
    fc.assert(
      fc.property(octets, (chance) => {
        expect(appPasswordFrom(chance)).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$/);
      }),
    );
  });

  it('holds 100 bits: other chance makes another one', () => {
    fc.assert(
      fc.property(octets, octets, (one, other) => {
        const isSame = one.every((octet, index) => (octet & 31) === ((other[index] ?? 0) & 31));
        expect(appPasswordFrom(one) === appPasswordFrom(other)).toBe(isSame);
      }),
    );
  });

  it('is the same however a hand types it', () => {
    const made = appPasswordFrom(Uint8Array.from({ length: APP_PASSWORD_OCTETS }, (_, index) => index));
    expect(made).toBe('01234-56789-abcde-fghjk');
    const typed = ['O1234 56789 ABCDE FGHJK', ' olz34-56789\u2011abcde fghjk\t', '0I23456789abcdefghjk'];
    expect(foldAppPassword(typed[0]!)).toBe(foldAppPassword(made));
    expect(foldAppPassword(typed[1]!.replace('z', '2'))).toBe(foldAppPassword(made));
    expect(foldAppPassword(typed[2]!)).toBe(foldAppPassword(made));
    expect(foldAppPassword('01234-56789-abcde-fghjm')).not.toBe(foldAppPassword(made));
  });
});
