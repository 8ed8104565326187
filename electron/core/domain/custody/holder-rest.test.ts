import { expect, it } from 'vitest';
import { holderRest } from './holder-rest';

it('asks a holder again soon at first, and every twenty minutes in the end', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 5000].map((refusals) => holderRest(refusals) / 60_000);
  expect(minutes).toEqual([1, 2, 4, 8, 16, 20, 20]);
});
