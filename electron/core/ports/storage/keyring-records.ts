import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Validity } from '../../../../shared/trust';
import type { ReadCertification } from '../certification-pgp';
import type { PublicKeyBlock } from '../keys';

/** A key in an identity's ring: of a contact, of somebody introduced, or of somebody who certified one of these. */
export type RingKey = {
  readonly fingerprint: Fingerprint;
  readonly address: MailAddress;
  /** Onion-certified, without certifications by others. */
  readonly publicKey: PublicKeyBlock;
  readonly keyId: string;
  readonly certifiedAt: number;
  /** Earlier of key and certification expiry. */
  readonly expiresAt: number;
  readonly revoked: boolean;
  /** When we learned that, where it was written down; the first time stays. */
  readonly revokedAt?: number;
  readonly seenAt: number;
  /** As last computed. */
  readonly validity: Validity;
  readonly path: readonly MailAddress[];
};

/**
 * A certification in the ring. `verified`: by a key of the ring that has truly made it; only then `issuer` is a fact.
 */
export type RingCertification = ReadCertification & { readonly verified: boolean };
