import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { namePattern } from './name-pattern';

const rest = (): Promise<void> => Promise.resolve();

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
  ])('%j takes %j: %s', async (pattern, name, matches) => {
    expect(await namePattern(pattern)(name, rest)).toBe(matches);
  });

  it('take what regular expressions take', async () => {
    const text = (alphabet: string): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom(...Array.from(alphabet)), { maxLength: 8 }).map((letters) => letters.join(''));
    await fc.assert(
      fc.asyncProperty(text('ab/%*'), text('ab/'), async (pattern, name) => {
        const expression = pattern.replaceAll('*', '.*').replaceAll('%', '[^/]*');
        expect(await namePattern(pattern)(name, rest)).toBe(new RegExp(`^${expression}$`).test(name));
      }),
    );
  });

  it('never go back, however many wildcards there are', async () => {
    const cost = await growth((amount) =>
      namePattern('a*%'.repeat(100 * amount))(`${'a'.repeat(400 * amount)}b/`, rest),
    );
    // The name times the pattern: each is four times as long.
    expect(cost).toBeLessThan(4 * LINEAR);
  });

  it('cost nothing when they are longer than any name', async () => {
    expect(await namePattern('*a'.repeat(30_000))('a'.repeat(200), rest)).toBe(false);
  });

  it('let others work within a match as long as any, and not for a short one', async () => {
    let rests = 0;
    const counted = (): Promise<void> => {
      rests += 1;
      return Promise.resolve();
    };
    expect(await namePattern('*')('a/b/c', counted)).toBe(true);
    expect(rests).toBe(0);
    expect(await namePattern('*a'.repeat(1_600))(`${'a'.repeat(3_200)}b`, counted)).toBe(false);
    // 3,201 characters by 3,201 places.
    expect(rests).toBeGreaterThan(190);
  });
});
