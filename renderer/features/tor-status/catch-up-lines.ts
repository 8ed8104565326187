import type { CatchUp } from '../../../shared/contract/core-events';

export type CatchUpLine = {
  readonly direction: CatchUp['direction'];
  /** What is going on, without numbers: for those who hear it. */
  readonly title: string;
  /** The same with how far it is. */
  readonly text: string;
  readonly percent: number;
};

const titles: Readonly<Record<CatchUp['direction'], string>> = { in: 'Fetching kept mail', out: 'Sending' };

const spoken: Readonly<Record<CatchUp['direction'], string>> = {
  in: 'Fetching kept mail',
  out: 'Sending mail that waited',
};

const lineOf = (direction: CatchUp['direction'], all: readonly CatchUp[]): readonly CatchUpLine[] => {
  const some = all.filter((one) => one.direction === direction);
  const done = some.reduce((sum, one) => sum + one.done, 0);
  const total = some.reduce((sum, one) => sum + one.total, 0);
  if (total === 0) return [];
  const text =
    direction === 'in'
      ? `${titles.in}: ${String(done)} of ${String(total)}`
      : `${titles.out} ${String(done)} of ${String(total)}`;
  return [{ direction, title: spoken[direction], text, percent: Math.min(100, Math.floor((done / total) * 100)) }];
};

/** What is being caught up on by all identities together: one line for what comes, one for what goes. */
export const catchUpLines = (all: readonly CatchUp[]): readonly CatchUpLine[] => [
  ...lineOf('in', all),
  ...lineOf('out', all),
];
