import { MAX_CLOCK_SKEW_MS } from '../limits';
import { DAY_MS } from '../time';

/** A running program certifies its key anew every 30 days; a certification much older tells of a clock that jumped. */
const OLDEST_OWN_MS = 60 * DAY_MS;

/**
 * Whether this machine's own clock is the likelier cause of what looks out of date. Times in milliseconds;
 * `certifiedAt` is that of our own newest signature, `torWarns` what tor finds when it compares the clock with the
 * network's.
 * `renews`: false for a revoked key, which is not certified any more, and whose old certification tells nothing.
 */
export function doubtsClock(o: {
  readonly now: number;
  readonly certifiedAt: number;
  readonly renews: boolean;
  readonly torWarns: boolean;
}): boolean {
  const isOdd = o.certifiedAt > o.now + MAX_CLOCK_SKEW_MS || o.now - o.certifiedAt > OLDEST_OWN_MS;
  return o.torWarns || (o.renews && isOdd);
}
