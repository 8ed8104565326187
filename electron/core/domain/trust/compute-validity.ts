import { present } from '../../../../shared/present';
import { count, isFull, isRoot, judge, newCandidate, settlePath, type Candidate } from './candidate';
import { isCertificationInForce, nextChange } from './in-force';
import { appointed, introducerOf, type Appointment, type Introducer } from './introducer';
import { lastWords } from './last-words';
import type { TrustInput, TrustResult } from './trust-model';

/** GnuPG's default for `max-cert-depth`. */
const MAX_CERT_DEPTH = 5;

type Computation = {
  readonly input: TrustInput;
  readonly candidates: readonly Candidate[];
  /** When the certifications expire that were looked at. */
  readonly ends: number[];
};

/** By the number of the key in the input. */
type Introducers = ReadonlyMap<number, Introducer>;

/**
 * How far each key is believed, by GnuPG's rules (trust model `pgp` with its defaults), equal to `gpg --check-trustdb`
 * key by key.
 *
 * In rounds: first the ultimately trusted keys introduce, then those that became fully valid in the round before, five
 * times. What counts is the latest word of each introducer on a key, if it is a certification that has not expired. A
 * key is full with one full or three marginal introducers of all rounds together; with less it is marginal, and
 * «undefined» if only keys without any trust certify it. A key introduces in the round after it became full and never
 * again, so loops end.
 *
 * Every certification of the input counts as verified, which includes that it is not dated before the key that made it.
 * One that is dated later than `now` counts, as it does in gpg. Where several trust signatures of one round meet on a
 * key, the last in the order of the input prevails, as gpg goes by the order of packets. Of the names that limit an
 * introducer only the form of one host is understood (`nameLimitOf`).
 */
export function computeValidity(input: TrustInput): TrustResult {
  const { now, keys, ownerTrust } = input;
  const words = lastWords(input);
  const candidates = keys.map((key, number) =>
    newCandidate({ key, words: words[number] ?? [], ownerTrust: ownerTrust.get(key.fingerprint), now }),
  );
  const computation: Computation = { input, candidates, ends: [] };
  let introducers = roots(candidates);
  for (let round = 0; round < MAX_CERT_DEPTH && introducers.size > 0; round += 1)
    introducers = nextIntroducers(computation, introducers);
  for (const one of candidates) if (!isFull(one)) settlePath(one);
  const next = nextChange({ now, keys, ends: computation.ends });
  return {
    validities: new Map(candidates.map((one) => [one.key.fingerprint, judge(one)])),
    ...present({ nextChangeAt: next }),
  };
}

function roots(candidates: readonly Candidate[]): Introducers {
  return new Map(
    [...candidates.entries()].filter(([, one]) => isRoot(one)).map(([number]) => [number, introducerOf('ultimate')]),
  );
}

/** One round: who became fully valid by these introducers, as introducers of the next. */
function nextIntroducers(computation: Computation, introducers: Introducers): Introducers {
  const { candidates, input } = computation;
  const next = new Map<number, Introducer>();
  for (const [number, one] of candidates.entries()) {
    if (one.standing !== 'open' || one.words.length === 0 || isFull(one)) continue;
    const appointment = hear(one, computation, introducers);
    if (!isFull(one)) continue;
    settlePath(one);
    next.set(number, introducerOf(input.ownerTrust.get(one.key.fingerprint), appointment));
  }
  return next;
}

/**
 * Takes in what the introducers of this round say of a key, in the order of the input; what their trust signatures make
 * of it.
 */
function hear(
  one: Candidate,
  { candidates, input, ends }: Computation,
  introducers: Introducers,
): Appointment | undefined {
  let appointment: Appointment | undefined;
  for (const { issuer: number, certification } of one.words) {
    const by = introducers.get(number);
    const issuer = candidates[number];
    if (by === undefined || issuer === undefined || !isCertificationInForce(certification, input.now)) continue;
    if (certification.expiresAt !== undefined) ends.push(certification.expiresAt);
    if (by.limit?.(one.key.userId) === false) continue;
    appointment = appointed(appointment, { by, trust: certification.trust });
    count(one, { issuer, weight: by.weight });
  }
  return appointment;
}
