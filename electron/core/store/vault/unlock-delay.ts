/** Wrong tries that cost nothing: slips of a hand. */
const FREE_TRIES = 2;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 5 * 60_000;

/** Wrong passphrases in a row, and when the next may be tried; kept in the vault file. */
export type Failures = { readonly failures: number; readonly retryAt: number };

export const NO_FAILURES: Failures = { failures: 0, retryAt: 0 };

/** The state after one more wrong passphrase: from the third on the wait doubles, 1 s, 2 s, 4 s ... up to 5 min. */
export function afterFailure({ failures }: Failures, now: number): Failures {
  return { failures: failures + 1, retryAt: now + delayOf(failures + 1) };
}

/**
 * The state as of `now`. When the clock was set back, the rest of the wait would be longer than the whole wait: it then
 * begins anew from `now`, so that setting the clock gains nothing, and the user never waits longer than one wait.
 */
export function asOf(state: Failures, now: number): Failures {
  const delay = delayOf(state.failures);
  return state.retryAt - now > delay ? { ...state, retryAt: now + delay } : state;
}

function delayOf(failures: number): number {
  if (failures <= FREE_TRIES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES - 1), MAX_DELAY_MS);
}
