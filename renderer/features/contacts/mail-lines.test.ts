import { describe, expect, it } from 'vitest';
import { holdersLine } from './mail-lines';

describe('holdersLine', () => {
  it.each([
    [1, /^Has 1 person who keeps mail for them: /u],
    [2, /^Has 2 people who keep mail for them: /u],
    [0, /until you are both online\.$/u],
  ])('counts %i', (count, expected) => {
    expect(holdersLine(count)).toMatch(expected);
  });
});
