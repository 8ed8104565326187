import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortRows } from './sort-rows';

it('sorts as a list would, and keeps the order of what is equal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 4_000, size: 'max' }), async (numbers) => {
      const rows = numbers.map((key, place) => ({ key, place }));
      const compare = (one: { key: number }, other: { key: number }): number => one.key - other.key;
      const sorted = await sortRows(rows, { compare, rest: () => Promise.resolve() });
      expect(sorted).toEqual([...rows].sort(compare));
    }),
    { numRuns: 20 },
  );
});
