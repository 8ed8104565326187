/** How often in a row a supervised process has ended; starts with `noFailures`. */
export type RestartHistory = { readonly failures: number };

export const noFailures: RestartHistory = { failures: 0 };

const DELAYS_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
const LONG_LIFE_MS = 10 * 60_000;

/**
 * Decides when to start a process again that has ended by itself: after 1, 2, 5, 15 and then always 60 seconds, and
 * from the beginning once it has lived ten minutes.
 * @param options.livedMs how long the process lived, milliseconds
 */
export function afterExit(options: { history: RestartHistory; livedMs: number }): {
  history: RestartHistory;
  delayMs: number;
} {
  const failures = options.livedMs >= LONG_LIFE_MS ? 0 : options.history.failures;
  const delayMs = DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)] ?? 60_000;
  return { history: { failures: failures + 1 }, delayMs };
}
