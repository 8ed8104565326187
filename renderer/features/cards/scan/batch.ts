import type { CardReading } from '../../../../shared/card';
import { MOST_IN_BATCH } from '../codes/limits';

/** One card of a batch. `verified` and `failure` tell what became of it; `removed` ones can be brought back. */
export type BatchRow = {
  readonly id: string;
  readonly text: string;
  readonly reading: CardReading;
  readonly removed: boolean;
  readonly verified: boolean;
  readonly failure?: string;
};

/** Whose card it is, as far as it says; the same person's card may be scanned with a fresh one-time code. */
const whose = ({ text, reading }: Pick<BatchRow, 'text' | 'reading'>): string =>
  'address' in reading ? reading.address : text;

/** Puts a card at the end, unless this person's is there already; a removed one comes back. */
export const withCard = (
  rows: readonly BatchRow[],
  card: Pick<BatchRow, 'id' | 'text' | 'reading'>,
): readonly BatchRow[] => {
  const same = rows.find((row) => whose(row) === whose(card));
  if (same !== undefined) return same.removed ? changed(rows, same.id, { removed: false }) : rows;
  return rows.length >= MOST_IN_BATCH ? rows : [...rows, { ...card, removed: false, verified: false }];
};

/** The same rows with one changed. */
export const changed = (rows: readonly BatchRow[], id: string, change: Partial<BatchRow>): readonly BatchRow[] =>
  rows.map((row) => (row.id === id ? { ...row, ...change } : row));

/** Whether «Verify all» would vouch for this one. */
export const isWaiting = ({ reading, removed, verified }: BatchRow): boolean => {
  if (removed || verified) return false;
  return (
    (reading.outcome === 'new' && reading.lookAlike === undefined) ||
    (reading.outcome === 'match' && !reading.alreadyVerified)
  );
};
