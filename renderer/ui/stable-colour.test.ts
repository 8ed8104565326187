import { describe, expect, it } from 'vitest';
import { stableColour, TINTS } from './stable-colour';

describe('stableColour', () => {
  it('gives the same tint for the same text', () => {
    expect(stableColour('bob@example')).toBe(stableColour('bob@example'));
  });

  it('uses every tint for many texts', () => {
    const seen = new Set(Array.from({ length: 500 }, (_, index) => stableColour(`person ${index}`)));
    expect(seen.size).toBe(TINTS.length);
  });
});
