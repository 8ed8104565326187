import { JITTER, jittered } from '../published-time';
import { DAY_MS } from '../time';
import type { SendOutcome } from '../delivery-outcome';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Waits of one held envelope after its first, second, … vain offer; the last one repeats. */
const WAITS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR];
/** No wait is longer. A time further off than this was written before the clock was set back. */
const LONGEST_WAIT_MS = 4 * HOUR * (1 + JITTER);

/**
 * An envelope that its client has refused on so many days is not offered again; it is kept until it expires. Days, not
 * offers: a client whose clock is wrong for an hour refuses everything, however often it is offered in that hour.
 */
const MAX_REFUSALS = 5;

/** What is known of the offers of one held envelope so far. */
export type HeldTries = {
  readonly attempts: number;
  /** Not before this time again; it is the envelope's own, and holds up no other. */
  readonly nextTryAt?: number;
  /** Days on which the client refused it, and when the last of them began. */
  readonly refusals: number;
  readonly refusedAt?: number;
};

/** An offer that did not get through. `next`: whether the client may be offered the next envelope in this round. */
type JudgedOffer = { readonly next: boolean; readonly tries?: HeldTries };

/**
 * What a vain offer means for its envelope and for the round (PROTOCOL.md 10.7). Only a client that is not there, or
 * takes nothing now, ends the round. `isBegun`: content was sent, so that the envelope itself may be the cause of a
 * connection that broke: it waits as well, and the others come first.
 */
export function judgeOffer(o: {
  readonly held: HeldTries;
  readonly outcome: Exclude<SendOutcome, { outcome: 'delivered' }>;
  readonly isBegun: boolean;
  readonly now: number;
  readonly fraction: number;
}): JudgedOffer {
  const { outcome, now } = o;
  const next = outcome.about === 'message' || outcome.about === 'us';
  if (!next && !o.isBegun) return { next };
  const { refusals, refusedAt, attempts } = o.held;
  const wait = WAITS[Math.min(attempts, WAITS.length - 1)] ?? HOUR;
  const nextTryAt = Math.round(now + jittered({ milliseconds: wait, fraction: o.fraction }));
  const before = { refusals, ...(refusedAt === undefined ? {} : { refusedAt }) };
  const isRefused = outcome.outcome === 'refused' && outcome.about === 'message';
  return { next, tries: { attempts: attempts + 1, nextTryAt, ...(isRefused ? refusedAgain(before, now) : before) } };
}

type Refusals = { readonly refusals: number; readonly refusedAt: number };

function refusedAgain({ refusals, refusedAt }: Pick<HeldTries, 'refusals' | 'refusedAt'>, now: number): Refusals {
  if (refusedAt === undefined || now - refusedAt >= DAY_MS) return { refusals: refusals + 1, refusedAt: now };
  // A refusal from the future was written before the clock was set back: its day begins anew.
  return { refusals, refusedAt: Math.min(refusedAt, now) };
}

/** Whether an envelope is offered at all any more. */
export function isOffered({ refusals }: Pick<HeldTries, 'refusals'>): boolean {
  return refusals < MAX_REFUSALS;
}

/** Whether its own wait lets an envelope be offered now. */
export function isHeldDue({ nextTryAt }: Pick<HeldTries, 'nextTryAt'>, now: number): boolean {
  return nextTryAt === undefined || nextTryAt <= now || nextTryAt > now + LONGEST_WAIT_MS;
}
