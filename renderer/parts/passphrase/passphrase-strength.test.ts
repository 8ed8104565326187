import { describe, expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength';

describe('passphraseStrength', () => {
  it.each([
    ['', 0],
    ['short', 0],
    ['password1234', 1],
    ['aaaaaaaaaaaaaaaa', 1],
    ['1234567890', 1],
    ['elephants', 1],
    ['correct horse battery staple', 3],
    ['lantern gravel ocelot trumpet biscuit', 4],
    ['v9$Kq2!mZr7#Lp', 4],
  ])('judges %j at level %i', (passphrase, level) => {
    expect(passphraseStrength(passphrase).level).toBe(level);
  });

  it('never lets a run of digits look better than a sentence', () => {
    expect(passphraseStrength('12345678901234567890').level).toBeLessThan(
      passphraseStrength('my cat eats only blue fish').level,
    );
  });
});
