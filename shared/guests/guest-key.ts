import { z } from 'zod';

/** Why a public key cannot be the key of a guest's address; closed, so that each has its sentence. */
export const GuestKeyProblem = z.enum([
  /** There is no OpenPGP key in it, or one that is damaged. */
  'unreadable',
  /** The secret key, which is for nobody but the guest. */
  'secret-key',
  'several-keys',
  /** Several User IDs, or a picture: a key for one address has one. */
  'several-names',
  /** The key is for somebody else. */
  'other-address',
  /** Neither Ed25519 with Curve25519 nor RSA of 3,072 to 4,096 bits, version 4. */
  'kind-not-supported',
  'weak-hash',
  'expired',
  'revoked',
  /** It is dated later than the clock here. */
  'from-the-future',
  'cannot-sign',
  'cannot-encrypt',
]);
export type GuestKeyProblem = z.infer<typeof GuestKeyProblem>;
