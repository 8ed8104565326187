/**
 * Starts to measure how long this process computes. Unlike time on the clock it does not grow because other programs
 * want the processors too, so a test can tell what is slow from what had to wait.
 * @returns tells the milliseconds of computing, on all threads, since the call
 */
export function computingTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}
