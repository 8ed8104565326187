import type { TrustCertification, TrustKey } from './trust-model';

/** OpenPGP tells time in whole seconds, and gpg its own too. */
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** A key ends after the second in which it expires, as in gpg. */
export function isExpiredKey({ expiresAt }: TrustKey, now: number): boolean {
  return expiresAt !== undefined && seconds(expiresAt) < seconds(now);
}

/**
 * A certification, not a revocation, that has not expired: other than a key, it ends with the second in which it
 * expires.
 */
export function isCertificationInForce({ kind, expiresAt }: TrustCertification, now: number): boolean {
  return kind === 'certification' && (expiresAt === undefined || seconds(expiresAt) > seconds(now));
}

/**
 * When the first of these ends, in milliseconds; absent: none does.
 * @param o.ends times at which certifications in force expire
 */
export function nextChange(o: {
  readonly now: number;
  readonly keys: readonly TrustKey[];
  readonly ends: readonly number[];
}): number | undefined {
  let earliest = Infinity;
  for (const end of o.ends) earliest = Math.min(earliest, seconds(end) * 1000);
  for (const key of o.keys) {
    if (key.expiresAt === undefined || key.revoked || isExpiredKey(key, o.now)) continue;
    earliest = Math.min(earliest, (seconds(key.expiresAt) + 1) * 1000);
  }
  return earliest === Infinity ? undefined : earliest;
}
