import { computingTime } from './computing-time';

/** Ms of computing below which nothing can be told from chance: a collection of garbage takes as long. */
const CHANCE_MS = 20;
const ROUNDS = 3;
const AMOUNTS = [1, 4] as const;

/** Between 4, which four times the amount costs when the cost grows with the amount, and 16, when with its square. */
export const LINEAR = 10;

/**
 * How many times as much computing four times the amount takes. Both are measured in the same run and in turn, and the
 * least of a few rounds counts, so the answer is that of the work on any machine, however slow or busy.
 * @param work does one amount of it, or four; the last answer is not kept
 * @returns about 4 when the cost grows with the amount, about 16 when it grows with its square
 */
export async function growth(work: (amount: (typeof AMOUNTS)[number]) => unknown): Promise<number> {
  const least = { 1: Infinity, 4: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const amount of AMOUNTS) {
      const computed = computingTime();
      await work(amount);
      least[amount] = Math.min(least[amount], computed());
    }
  }
  return least[4] / Math.max(least[1], CHANCE_MS);
}
