import fc from 'fast-check';
import { describe, it } from 'vitest';
import { LocalPart } from '../../shared/local-part';
import { localPartProblem } from './local-part-problem';

describe('localPartProblem', () => {
  it('agrees with the contract on every text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9._+-]{0,70}$/));
    fc.assert(
      fc.property(text, (value) => (localPartProblem(value) === undefined) === LocalPart.safeParse(value).success),
      { numRuns: 2_000 },
    );
  });
});
