import { describe, expect, it } from 'vitest';
import { baseSubject } from './base-subject';

describe('the base of a subject (RFC 5256 2.1)', () => {
  it.each([
    ['Harvest', 'Harvest'],
    ['Re: Harvest', 'Harvest'],
    ['RE:  [orchard] Fwd: re [2]:  Harvest (fwd) (FWD)', 'Harvest'],
    ['[Fwd: Re: Harvest]', 'Harvest'],
    ['[orchard] Harvest', 'Harvest'],
    ['[orchard]', '[orchard]'],
    ['Regards', 'Regards'],
    ['re:', ''],
    ['  two\r\n\twords ', 'two words'],
  ])('of %j is %j', (subject, base) => {
    expect(baseSubject(subject)).toBe(base);
  });

  it('costs no more than its length', () => {
    const long = `${'[a]'.repeat(10_000)}${'re:'.repeat(10_000)}x${' (fwd)'.repeat(10_000)}`;
    expect(baseSubject(long)).toBe('x');
  });
});
