import type { Fingerprint } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';

/** A key as the rules of validity see it. Times in milliseconds. */
export type TrustKey = {
  readonly fingerprint: Fingerprint;
  readonly userId: string;
  readonly expiresAt?: number;
  readonly revoked: boolean;
};

/**
 * A certification or its revocation whose signature has been verified. `level` is the signature type minus 0x10 (RFC
 * 9580, 5.2.1); `trust` comes from a trust signature (5.2.3.21) and the regular expression that limits it (5.2.3.22).
 */
export type TrustCertification = {
  readonly issuer: Fingerprint;
  readonly subject: Fingerprint;
  readonly kind: 'certification' | 'revocation';
  readonly level: 0 | 1 | 2 | 3;
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly trust?: { readonly depth: number; readonly amount: number; readonly regex?: string };
};

/** GnuPG's ownertrust of a key, where the user gave one. */
export type OwnerTrust = 'ultimate' | 'full' | 'marginal' | 'never';

export type TrustInput = {
  readonly now: number;
  readonly keys: readonly TrustKey[];
  readonly certifications: readonly TrustCertification[];
  readonly ownerTrust: ReadonlyMap<Fingerprint, OwnerTrust>;
};

/**
 * What one key came to. `path`: certifiers from the one nearest to an ultimately trusted key to the one nearest to
 * this; without both ends.
 */
export type KeyValidity = {
  readonly validity: Validity;
  readonly path: readonly Fingerprint[];
  /** Certifiers that counted for this key. */
  readonly countedIssuers: readonly Fingerprint[];
};

export type TrustResult = {
  readonly validities: ReadonlyMap<Fingerprint, KeyValidity>;
  /** When something in force ends, so that it must be computed anew; absent: never. */
  readonly nextChangeAt?: number;
};
