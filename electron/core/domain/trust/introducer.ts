import { nameLimitOf, type NameLimit } from './name-limit';
import type { OwnerTrust, TrustCertification } from './trust-model';

/** A key whose certifications are looked at in one round. */
export type Introducer = {
  readonly weight: 'ultimate' | 'full' | 'marginal' | 'none';
  /** How many further introducers may follow by trust signatures. */
  readonly depth: number;
  readonly limit?: NameLimit;
};

/** What trust signatures make of a key: RFC 9580, 5.2.3.21 and 5.2.3.22. */
export type Appointment = { readonly depth: number; readonly amount: number; readonly regex?: string };

/** Amounts from which a trust signature speaks of complete and of partial trust (RFC 9580, 5.2.3.21). */
const FULL_AMOUNT = 120;
const MARGINAL_AMOUNT = 60;

const unappointed: Appointment = { depth: 0, amount: 0 };

/**
 * A fully valid key as introducer, by the user's own word and by trust signatures, whichever gives more: as in gpg, a
 * trust signature also prevails over the user's `never`.
 */
export function introducerOf(ownerTrust: OwnerTrust | undefined, appointment: Appointment = unappointed): Introducer {
  const { depth, amount, regex } = appointment;
  return { weight: weightOf(ownerTrust, amount), depth, ...(regex !== undefined && { limit: nameLimitOf(regex) }) };
}

function weightOf(ownerTrust: OwnerTrust | undefined, amount: number): Introducer['weight'] {
  if (ownerTrust === 'ultimate') return 'ultimate';
  if (ownerTrust === 'full' || amount >= FULL_AMOUNT) return 'full';
  return ownerTrust === 'marginal' || amount >= MARGINAL_AMOUNT ? 'marginal' : 'none';
}

/**
 * What a certification in force adds to what others of the same round have made of a key. The later one in the key's
 * own order replaces depth and amount; a limit stays until another limit comes. No chain grows longer than its root
 * allows, and only an ultimately trusted key is a root.
 */
export function appointed(
  before: Appointment | undefined,
  { by, trust }: { readonly by: Introducer; readonly trust: TrustCertification['trust'] },
): Appointment | undefined {
  if (trust === undefined || trust.depth === 0) return before;
  const depth = by.weight === 'ultimate' ? trust.depth : Math.min(trust.depth, by.depth);
  if (depth === 0) return before;
  const regex = trust.regex ?? before?.regex;
  return { depth: depth - 1, amount: trust.amount, ...(regex !== undefined && { regex }) };
}
