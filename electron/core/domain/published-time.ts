import { MAX_CLOCK_SKEW_MS } from './limits';
import { DAY_MS, HOUR_MS, SECOND_MS } from './time';

/**
 * The one owner of every time that others get to see (docs/what-leaves-the-machine.md). Identities of one profile are
 * opened, renewed and restored together, by one timer or one click; a time straight from the clock would show that to
 * whoever knows two addresses. So a published time is cut to its day, drawn within a day, or planned ahead by the
 * identity's own chance. All times are milliseconds; `fraction` is uniform in [0, 1).
 */

/** Our onion certification is renewed after so many days, drawn anew for each (PROTOCOL.md 2). */
const RENEW_AFTER_DAYS = { least: 20, spread: 10 };
/**
 * After a restore another copy may have certified later than we know. It is outdone at once, and once more soon, in
 * case that two restores drew their hours the wrong way round.
 */
const RENEW_RESTORED_AFTER_DAYS = { least: 1, spread: 2 };
/** How far ahead a restored identity may date its certification: far below the 26 hours that peers allow. */
const RESTORED_AHEAD_MS = 12 * HOUR_MS;
/** A subkey serves five sixths to seven sixths of what the policy says: 150 to 210 days of 180. */
const ROTATION_SPREAD = { least: 5 / 6, spread: 1 / 3 };
/** A key that follows another is dated to a day up to this long ago, and so still later than the first. */
const KEY_DAYS_BACK = { least: 1, spread: 60 };
/** The first subkey counts as this old at most when it is made, so that two of one evening end months apart. */
const FIRST_SUBKEY_DAYS = 150;
/** Numbers of tokens that lie between the first ones of two seeds; in seconds 36 hours. */
const TOKEN_STEP = 2 ** 17;
/** A timer that others can notice runs up to this share early or late. */
export const JITTER = 0.25;
const MINUTE_MS = 60 * SECOND_MS;
/** When a profile has several identities, each begins to talk this long after Tor is there, at most. */
const START_SPREAD_MS = 60 * SECOND_MS;

/**
 * The creation time of everybody's first key and subkey, and of their self-signatures: 2020-01-01, as of the certifying
 * keys. The day on which an identity was made would stay in its key for ever.
 */
export const FIRST_KEY_TIME = 1_577_836_800_000;

/** Whether a time lies farther ahead of `now` than clocks may differ. */
export function isFromFuture(time: number, now: number): boolean {
  return time > now + MAX_CLOCK_SKEW_MS;
}

/** The start of the UTC day. */
export function startOfDay(time: number): number {
  return time - (time % DAY_MS);
}

/**
 * The time of something that a person does now: a whole second of the last `days` (1), later than `last`. Receivers
 * refuse what is not later, and cannot order two of one second. A `last` from a clock far ahead does not count: every
 * peer refuses that one.
 */
export function drawnTime(o: { now: number; last: number; fraction: number; days?: number }): number {
  const last = isFromFuture(o.last, o.now) ? -Infinity : o.last;
  const earliest = Math.max(o.now - (o.days ?? 1) * DAY_MS, last + SECOND_MS);
  return wholeSecond(earliest + o.fraction * Math.max(0, o.now - earliest), earliest);
}

/** The time of a statement that need not tell the hour: the start of the day, but later than `last` by a second. */
export function dayTime(o: { now: number; last?: number }): number {
  return Math.max(startOfDay(o.now), (o.last ?? -SECOND_MS) + SECOND_MS);
}

/**
 * The time in a receipt: the end of the minute in which it was, so that it never lies before the mail. In seconds it
 * would show how wrong this clock is.
 */
export function receiptTime(now: number): number {
  return Math.ceil(now / MINUTE_MS) * MINUTE_MS;
}

/** The `issuedAt` of the next list on one subject, of which receivers keep the newest: grows, and tells the day. */
export function growingDay(o: { now: number; last: number }): number {
  return Math.max(startOfDay(o.now), o.last + 1);
}

/**
 * The first number of a new seed of tokens: the next multiple of 36 hours in seconds. It is above every number used
 * before, since nobody uses a token every second, and everybody's are the same. `isRestored`: another copy may have
 * made a seed in these hours.
 */
export function firstTokenNumber(o: { now: number; isRestored: boolean }): number {
  const steps = Math.floor(Math.max(0, o.now) / (TOKEN_STEP * SECOND_MS)) + (o.isRestored ? 2 : 1);
  return steps * TOKEN_STEP;
}

/** When a restored identity certifies itself: not before now, since another copy may have done so until now. */
export function restoredTime(o: { now: number; fraction: number }): number {
  return wholeSecond(o.now + SECOND_MS + o.fraction * RESTORED_AHEAD_MS, o.now);
}

/** How long a certification stays the newest. */
export function drawRenewal(o: { fraction: number; isRestored?: boolean }): number {
  const days = share(o.isRestored === true ? RENEW_RESTORED_AFTER_DAYS : RENEW_AFTER_DAYS, o.fraction);
  return wholeSecond(days * DAY_MS, 0);
}

/** How long a subkey serves under a policy of so many days. */
export function rotationAfter(o: { days: number; fraction: number }): number {
  return wholeSecond(o.days * DAY_MS * share(ROTATION_SPREAD, o.fraction), 0);
}

/**
 * The first certification of a new identity, and when the next is due: somewhere between two renewals, as if it had
 * always been there. `age` is uniform in [0, 1).
 */
export function firstCertification(o: { now: number; age: number; fraction: number }): {
  certifiedAt: number;
  renewAfterMs: number;
} {
  const renewAfterMs = drawRenewal(o);
  return { certifiedAt: wholeSecond(o.now - o.age * renewAfterMs, 0), renewAfterMs };
}

/** When a first subkey counts as made, for its rotation alone. */
export function firstSubkeyTime(o: { now: number; fraction: number }): number {
  return o.now - Math.round(o.fraction * FIRST_SUBKEY_DAYS * DAY_MS);
}

/** The day that is written into a key that follows another: the start of a day before `now`. */
export function keyDay(o: { now: number; fraction: number }): number {
  return startOfDay(o.now - share(KEY_DAYS_BACK, o.fraction) * DAY_MS);
}

/** A wait of about this length: what others see of it has no rhythm, and two identities drift apart. */
export function jittered(o: { milliseconds: number; fraction: number }): number {
  return o.milliseconds * (1 - JITTER + 2 * JITTER * o.fraction);
}

/** The wait before an identity begins to talk: none when it is the only one, so that there is nothing to hide. */
export function startWait(o: { identities: number; fraction: number }): number {
  return o.identities > 1 ? o.fraction * START_SPREAD_MS : 0;
}

function share({ least, spread }: { least: number; spread: number }, fraction: number): number {
  return least + spread * fraction;
}

/** OpenPGP counts in seconds; what is cut off must not lead back before `earliest`. */
function wholeSecond(time: number, earliest: number): number {
  const cut = time - (time % SECOND_MS);
  return cut < earliest ? Math.ceil(earliest / SECOND_MS) * SECOND_MS : cut;
}
