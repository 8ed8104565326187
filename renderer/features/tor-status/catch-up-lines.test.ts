import { beforeEach, describe, expect, it } from 'vitest';
import { CatchUp } from '../../../shared/contract/core-events';
import { recordCatchUp, useCatchUp } from '../../state/catch-up';
import { catchUpLines } from './catch-up-lines';

const [alice, bob] = [crypto.randomUUID(), crypto.randomUUID()];
const report = (change: object): CatchUp =>
  CatchUp.parse({ identityId: alice, direction: 'in', done: 12, total: 40, ...change });
const lines = () => catchUpLines(Object.values(useCatchUp.getState().byKey));

describe('catchUpLines', () => {
  beforeEach(() => useCatchUp.setState({ byKey: {} }));

  it('counts what comes and what goes', () => {
    recordCatchUp(report({}));
    recordCatchUp(report({ direction: 'out', done: 3, total: 12 }));
    expect(lines()).toMatchObject([
      { direction: 'in', text: 'Fetching kept mail: 12 of 40', percent: 30 },
      { direction: 'out', text: 'Sending 3 of 12', percent: 25 },
    ]);
  });

  it('adds identities up, and drops what is done', () => {
    recordCatchUp(report({}));
    recordCatchUp(report({ identityId: bob, done: 0, total: 10 }));
    expect(lines()).toMatchObject([{ text: 'Fetching kept mail: 12 of 50' }]);
    recordCatchUp(report({ done: 40 }));
    recordCatchUp(report({ identityId: bob, done: 0, total: 0 }));
    expect(lines()).toEqual([]);
  });
});
