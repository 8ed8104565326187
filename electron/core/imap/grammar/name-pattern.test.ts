import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { namePattern } from './name-pattern';

describe('patterns of LIST', () => {
  it.each([
    ['*', 'a/b/c', true],
    ['%', 'a', true],
    ['%', 'a/b', false],
    ['a/%', 'a/b', true],
    ['a/%', 'a', false],
    ['%/%', 'a/b', true],
    ['%3/%4', 'x/test3/test4', false],
    ['x/%3/%4', 'x/test3/test4', true],
    ['x/%t*4', 'x/test3/test4', true],
    ['*%', 'a/b', true],
    ['', '', true],
    ['a', 'A', false],
    ['%', 'Entwürfe', true],
    ['a.c', 'abc', false],
  ])('%j takes %j: %s', (pattern, name, matches) => {
    expect(namePattern(pattern)(name)).toBe(matches);
  });

  it('take what regular expressions take', () => {
    const text = (alphabet: string): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom(...Array.from(alphabet)), { maxLength: 8 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(text('ab/%*'), text('ab/'), (pattern, name) => {
        const expression = pattern.replaceAll('*', '.*').replaceAll('%', '[^/]*');
        expect(namePattern(pattern)(name)).toBe(new RegExp(`^${expression}$`).test(name));
      }),
    );
  });

  it('never go back, however many wildcards there are', async () => {
    const cost = await growth((amount) => namePattern('a*%'.repeat(100 * amount))(`${'a'.repeat(400 * amount)}b/`));
    // The name times the pattern: each is four times as long.
    expect(cost).toBeLessThan(4 * LINEAR);
  });

  it('cost nothing when they are longer than any name', () => {
    expect(namePattern('*a'.repeat(30_000))('a'.repeat(200))).toBe(false);
  });
});
