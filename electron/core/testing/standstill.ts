import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Processor time of the calling thread so far, in milliseconds; on other systems than Linux the time of day. */
function threadTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

/**
 * Watches the event loop of this thread while `work` is under way.
 * @returns the longest standstill, in milliseconds of processor time that this thread took without a turn: how busy the
 *   machine is with other things does not count
 */
export async function standstill<T>(work: () => Promise<T>): Promise<{ readonly worstMs: number; readonly value: T }> {
  let isOver = false;
  let worstMs = 0;
  let last = threadTime();
  const turn = (): void => {
    const now = threadTime();
    worstMs = Math.max(worstMs, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    return { value: await work(), worstMs: await lastTurn(() => worstMs) };
  } finally {
    isOver = true;
  }
}

/** One turn later: what ended the work may itself have stood still. */
function lastTurn(worst: () => number): Promise<number> {
  return new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(worst()))));
}
