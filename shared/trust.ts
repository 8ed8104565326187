import { z } from 'zod';
import { Fingerprint, MailAddress, Timestamp } from './ids';

/**
 * How the user made sure of a person: by their code, by comparing fingerprints aloud, or by a move notice of one they
 * knew.
 */
export const VerificationWay = z.enum(['scan', 'fingerprint', 'move']);
export type VerificationWay = z.infer<typeof VerificationWay>;

/** `positive`: checked in person (0x13); `casual`: only some checking (0x12). RFC 9580, 5.2.1. */
export const CertificationLevel = z.enum(['positive', 'casual']);
export type CertificationLevel = z.infer<typeof CertificationLevel>;

/**
 * The user's own word about a contact. It holds for the address, so it may be given before the key is here; the
 * certification is made when the key arrives. `shared`: others may see the certification, and thereby that the user
 * knows this person.
 */
export const Verification = z.strictObject({
  at: Timestamp,
  way: VerificationWay,
  level: CertificationLevel,
  shared: z.boolean(),
  expiresAt: Timestamp.optional(),
  /** What the code or the comparison named; the key that arrives must be this one. */
  fingerprint: Fingerprint.optional(),
});
export type Verification = z.infer<typeof Verification>;

/**
 * The user's word that a contact introduces others well: a trust signature (RFC 9580, 5.2.3.21). `depth` 1: keys that
 * they certify are believed; 2: also keys that their own introducers certify. `domain`: only people at this onion.
 */
export const IntroducerTrust = z.strictObject({
  depth: z.number().int().min(1).max(5),
  amount: z.enum(['full', 'marginal']),
});
export type IntroducerTrust = z.infer<typeof IntroducerTrust>;

/**
 * What a contact's key is worth and why, in PROTOCOL.md 3's words. `path`: who vouches, from the one the user certified
 * to the one who certified the contact.
 */
export const Standing = z.discriminatedUnion('kind', [
  /**
   * No key has been fetched yet. `verified`: the user has scanned the address, and the key will be certified when it is
   * here.
   */
  z.strictObject({ kind: z.literal('no-key'), verified: z.boolean() }),
  /** Only the onion vouches. `vouchedBy`: people who certified it but do not suffice. */
  z.strictObject({ kind: z.literal('unverified'), vouchedBy: z.array(MailAddress).max(20) }),
  z.strictObject({ kind: z.literal('verified'), at: Timestamp, way: VerificationWay, expiresAt: Timestamp.optional() }),
  z.strictObject({
    kind: z.literal('introduced'),
    path: z.array(MailAddress).min(1).max(6),
    others: z.number().int().nonnegative(),
  }),
  /**
   * The onion certifies another key than before. `continuity`: the key before has certified the new one. `wasVerified`:
   * the user had.
   */
  z.strictObject({ kind: z.literal('changed'), at: Timestamp, continuity: z.boolean(), wasVerified: z.boolean() }),
  /** The code that was scanned named another key than the onion certifies. */
  z.strictObject({ kind: z.literal('mismatch') }),
  z.strictObject({ kind: z.literal('expired') }),
  z.strictObject({ kind: z.literal('revoked') }),
]);
export type Standing = z.infer<typeof Standing>;

/** A person's signed word that they have moved to another address; never followed without the user. */
export const MoveNotice = z.strictObject({ to: MailAddress, at: Timestamp });
export type MoveNotice = z.infer<typeof MoveNotice>;

/** One certification on a key, as a list of vouchers shows it. */
export const Voucher = z.strictObject({
  fingerprint: Fingerprint,
  /** Absent when the certifying key is not in the ring. */
  address: MailAddress.optional(),
  isOwn: z.boolean(),
  level: z.enum(['generic', 'persona', 'casual', 'positive']),
  at: Timestamp,
  expiresAt: Timestamp.optional(),
  shared: z.boolean(),
  introducer: IntroducerTrust.optional(),
  state: z.enum(['good', 'expired', 'revoked', 'unchecked']),
});
export type Voucher = z.infer<typeof Voucher>;

/** How far a key is believed: the words of GnuPG's `--check-trustdb`. */
export const Validity = z.enum(['ultimate', 'full', 'marginal', 'undefined', 'unknown', 'expired', 'revoked']);
export type Validity = z.infer<typeof Validity>;

/**
 * A key of the ring as the picture of the web of trust shows it. `distance`: certifications from the user's own key, on
 * the shortest believed path.
 */
export const TrustNode = z.strictObject({
  fingerprint: Fingerprint,
  address: MailAddress,
  validity: Validity,
  isContact: z.boolean(),
  isOwn: z.boolean(),
  distance: z.number().int().nonnegative().optional(),
  /** Who comes before them on that path. */
  via: Fingerprint.optional(),
});
export type TrustNode = z.infer<typeof TrustNode>;

/** A certification that is in force. `onPath`: the validity of `to` rests on it. */
export const TrustEdge = z.strictObject({
  from: Fingerprint,
  to: Fingerprint,
  introducer: z.boolean(),
  shared: z.boolean(),
  onPath: z.boolean(),
});
export type TrustEdge = z.infer<typeof TrustEdge>;

/**
 * The web of trust around one identity; `omitted` counts keys left out because no path leads to them or there are too
 * many.
 */
export const TrustGraph = z.strictObject({
  nodes: z.array(TrustNode),
  edges: z.array(TrustEdge),
  omitted: z.number().int().nonnegative(),
});
export type TrustGraph = z.infer<typeof TrustGraph>;
