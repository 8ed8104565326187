const TICKS = 12;

/**
 * Calls `onHang` after `limitMs` in which this thread itself ran. The time is counted in ticks: of a sleep of the
 * machine, or of a time in which this thread got no processor, one tick counts at most.
 * @returns what ends the count
 */
export function hangLimit(limitMs: number, onHang: () => void): () => void {
  let left = TICKS;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    onHang();
  }, limitMs / TICKS).unref();
  return () => {
    clearInterval(timer);
  };
}
