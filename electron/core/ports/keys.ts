import type { Fingerprint } from '../../../shared/ids';

/** Binary transferable secret key (RFC 9580, 10.2), unprotected; only ever inside the vault and the crypto worker. */
export type SecretKeyBlock = Uint8Array;

/** Binary transferable public key (RFC 9580, 10.1). */
export type PublicKeyBlock = Uint8Array;

export type IdentityKeys = {
  readonly secretKey: SecretKeyBlock;
  /** With the onion certification. */
  readonly publicKey: PublicKeyBlock;
  readonly fingerprint: Fingerprint;
};

/** Old key material, newest first, kept to open what is still sealed to it. */
export type RetiredSecret = {
  readonly fingerprint: Fingerprint;
  readonly kind: 'subkey' | 'key';
  readonly retiredAt: number;
  readonly secretKey: SecretKeyBlock;
  /** Of a whole key that was replaced: its public block, which vouches for its successor. */
  readonly publicKey?: PublicKeyBlock;
};
