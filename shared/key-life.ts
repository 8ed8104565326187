import { z } from 'zod';
import { Fingerprint, Timestamp } from './ids';

/** How an identity's keys age. Days; 0 of `rotateEveryDays`: never, 0 of `keepOldDays`: for ever. */
export const KeyPolicy = z.strictObject({
  rotateEveryDays: z.number().int().min(0).max(3_650),
  keepOldDays: z.number().int().min(0).max(3_650),
});
export type KeyPolicy = z.infer<typeof KeyPolicy>;

/** Encryption subkeys change twice a year; old ones are kept, because a lost one cannot be had again. */
export const defaultKeyPolicy: KeyPolicy = { rotateEveryDays: 180, keepOldDays: 0 };

/** A secret key that no longer serves, kept so that mail sealed to it can still be opened. */
export const RetiredKey = z.strictObject({
  fingerprint: Fingerprint,
  kind: z.enum(['subkey', 'key']),
  retiredAt: Timestamp,
  /** When it will be destroyed; absent: kept. */
  destroyedAt: Timestamp.optional(),
});
export type RetiredKey = z.infer<typeof RetiredKey>;

/** Everything the key page of an identity shows. */
export const KeyLife = z.strictObject({
  fingerprint: Fingerprint,
  createdAt: Timestamp,
  /** Absent: the key does not expire. */
  expiresAt: Timestamp.optional(),
  certifiedAt: Timestamp,
  certificationExpiresAt: Timestamp,
  subkey: z.strictObject({ fingerprint: Fingerprint, createdAt: Timestamp, rotatesAt: Timestamp.optional() }),
  retired: z.array(RetiredKey).max(500),
  revoked: z.boolean(),
  policy: KeyPolicy,
  /** Whether the key as handed out carries the certifications of others. */
  showsVouchers: z.boolean(),
});
export type KeyLife = z.infer<typeof KeyLife>;

/** Why a key is revoked (RFC 9580, 5.2.3.31). */
export const RevocationReason = z.enum(['superseded', 'compromised', 'retired']);
export type RevocationReason = z.infer<typeof RevocationReason>;

/** Why a secret key cannot become an identity's key. */
export const ImportProblem = z.enum([
  'unreadable',
  'no-secret-key',
  'passphrase-wrong',
  'passphrase-needed',
  'kind-not-supported',
  'no-encryption-key',
  'revoked',
  'expired',
]);
export type ImportProblem = z.infer<typeof ImportProblem>;

/** What an import of certified public keys did. */
export const KeyImport = z.strictObject({
  keys: z.number().int().nonnegative(),
  certifications: z.number().int().nonnegative(),
  /** Keys left out, by reason. */
  skipped: z.strictObject({
    withoutAddress: z.number().int().nonnegative(),
    notCertified: z.number().int().nonnegative(),
    unreadable: z.number().int().nonnegative(),
    tooMany: z.number().int().nonnegative(),
  }),
});
export type KeyImport = z.infer<typeof KeyImport>;
