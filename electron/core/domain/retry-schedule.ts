import { LEAST_TRIED_MS } from './custody-limits';
import { jittered, JITTER } from './published-time';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Waits before try 2, 3, … ; the last one repeats. A friend who comes online is reached within the hour at the latest.
 */
const WAITS: readonly number[] = [
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
];

/** No wait is longer. A time further off than this was written before the clock was set back. */
export const LONGEST_WAIT_MS = Math.ceil(60 * MINUTE * (1 + JITTER));

/** Whether a delivery may be tried at `now`; one without a time may at once. */
export function isDue({ nextTryAt, now }: { nextTryAt: number | undefined; now: number }): boolean {
  return nextTryAt === undefined || nextTryAt <= now || nextTryAt > now + LONGEST_WAIT_MS;
}

/**
 * When to try again (RFC 5321, 4.5.4.1). `attempts` counts the tries made so far (1 or more), `fraction` is uniform in
 * [0, 1), times are milliseconds. Undefined when the next try would come after `expiresAt` and it has been tried for a
 * day of running time, whatever the clock did: give up and tell the sender.
 */
export function nextTry(o: {
  now: number;
  attempts: number;
  expiresAt: number;
  triedMs: number;
  fraction: number;
}): number | undefined {
  const wait = WAITS[Math.min(o.attempts, WAITS.length) - 1] ?? MINUTE;
  const at = Math.round(o.now + jittered({ milliseconds: wait, fraction: o.fraction }));
  return at < o.expiresAt || o.triedMs < LEAST_TRIED_MS ? at : undefined;
}

/** Waits before a holder dials a client again that sent no ETRN; clients that come online send one at once. */
const HAND_OVER_WAITS: readonly number[] = [30 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE];

/** The time, in milliseconds, of a holder's next dial to a client; `failures` in a row, 0: the last dial worked. */
export function nextHandOver(o: { now: number; failures: number; fraction: number }): number {
  const wait = HAND_OVER_WAITS[Math.min(o.failures, HAND_OVER_WAITS.length - 1)] ?? 60 * MINUTE;
  return Math.round(o.now + jittered({ milliseconds: wait, fraction: o.fraction }));
}
