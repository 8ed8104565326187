import type { Clock } from '../ports/runtime';

/** The longest time Node's timers can count; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own clock and timers. Timers keep the process alive only as long as something else does. */
export function systemClock(): Clock {
  return { now: () => Date.now(), setTimer };
}

function setTimer(milliseconds: number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const step = Math.min(Math.max(left, 0), longestTimer);
    timer = setTimeout(() => (left > step ? wait(left - step) : run()), step);
    timer.unref();
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}
