import { describe, expect, it } from 'vitest';
import { formatSpan, inGroups } from './format';

describe('format', () => {
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

  it('groups for comparing', () => {
    expect(inGroups('ABCDEFGHIJ', 4)).toEqual(['ABCD', 'EFGH', 'IJ']);
  });
});
