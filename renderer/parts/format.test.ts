import { describe, expect, it } from 'vitest';
import { formatSize, formatSpan, inGroups, shortAddress } from './format';

describe('format', () => {
  it.each([
    [999, '999 B'],
    [1_500, '1 kB'],
    [1_500_000, '1.4 MB'],
    [26_214_400, '25 MB'],
  ])('writes %i octets', (octets, expected) => {
    expect(formatSize(octets)).toBe(expected);
  });

  it.each([
    [-5, '0 s'],
    [59_000, '59 s'],
    [61_000, '2 min'],
    [5_400_000, '1 h 30 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 days'],
  ])('writes a span of %i ms', (span, expected) => {
    expect(formatSpan(span)).toBe(expected);
  });

  it('groups for comparing and shortens for rows', () => {
    expect(inGroups('ABCDEFGHIJ', 4)).toEqual(['ABCD', 'EFGH', 'IJ']);
    expect(shortAddress(`bob@${'a'.repeat(56)}.onion`)).toBe('bob@aaaaaa…aaaaaa.onion');
  });
});
