import type { Page } from 'playwright';

/** Ms of computing below which nothing can be told from chance, and how often each amount is measured. */
const CHANCE_MS = 20;
const ROUNDS = 3;

/** Between 4, which four times the amount costs when the cost grows with the amount, and 16, when with its square. */
export const LINEAR = 10;

/**
 * How many times as much computing four times the amount takes in the window, where `growth` of the core's tests cannot
 * look. What the page's own thread computes is counted, not the clock, and the least of a few rounds.
 * @param work does one amount of it in the page, or four
 */
export async function pageGrowth(page: Page, work: (amount: 1 | 4) => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const computedMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
  const least = { 1: Infinity, 4: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const amount of [1, 4] as const) {
      const before = await computedMs();
      await work(amount);
      least[amount] = Math.min(least[amount], (await computedMs()) - before);
    }
  }
  await session.detach();
  return least[4] / Math.max(least[1], CHANCE_MS);
}
