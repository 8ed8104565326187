import { z } from 'zod';
import { ContactId, Fingerprint, IdentityId, MailAddress, Timestamp } from './ids';
import { IntroducerTrust, MoveNotice, Standing, Verification } from './trust';

/**
 * What we know of a contact's key. `none`: not fetched yet; `certified`: its onion vouches for it; `changed`: the onion
 * now certifies another key than before; `expired` / `revoked`: no mail is sealed to it until its owner renews it.
 */
export const KeyState = z.enum(['none', 'certified', 'changed', 'expired', 'revoked']);
export type KeyState = z.infer<typeof KeyState>;

/**
 * A key that the contact's onion certified before the present one, and what it was worth when another took its place.
 * `vouches`: it has certified a later key of this address.
 */
export const EarlierKey = z.strictObject({
  fingerprint: Fingerprint,
  replacedAt: Timestamp,
  /** Absent when an older version replaced it. */
  standing: Standing.optional(),
  vouches: z.boolean(),
  revoked: z.boolean(),
  /** When we learned that it is revoked. */
  revokedAt: Timestamp.optional(),
});
export type EarlierKey = z.infer<typeof EarlierKey>;

/** A person in one identity's address book. `name` is the user's own word for them. */
export const Contact = z.strictObject({
  id: ContactId,
  identityId: IdentityId,
  address: MailAddress,
  name: z.string().max(100),
  keyState: KeyState,
  fingerprint: Fingerprint.optional(),
  certifiedAt: Timestamp.optional(),
  /** Newest first; absent when there are none. What is older than these is told as a key that is not known. */
  earlierKeys: z.array(EarlierKey).max(20).optional(),
  blocked: z.boolean(),
  addedAt: Timestamp,
  standing: Standing,
  verification: Verification.optional(),
  introducer: IntroducerTrust.optional(),
  /** They have proved that they scanned this identity's code, and wait to be verified in turn. */
  scannedYouAt: Timestamp.optional(),
  moveNotice: MoveNotice.optional(),
  /** Whether they are told when their mail was read. */
  sendsReadReceipts: z.boolean(),
  /** Whether they learn who holds mail for this identity. */
  learnsHolders: z.boolean(),
  /** How many holders of theirs we may leave mail with. */
  holderCount: z.number().int().nonnegative(),
  /** They are private, reached only by their contacts, and have told us their private onion. */
  isPrivate: z.boolean(),
});
export type Contact = z.infer<typeof Contact>;

/** What is wrong with a typed address, so that the renderer can say it in words. */
export const AddressProblem = z.enum([
  'empty',
  'no-at',
  'several',
  'unreadable',
  'local-part',
  'not-onion',
  'length',
  'alphabet',
  'case',
  'checksum',
  'version',
  'low-order',
  'torsion',
]);
export type AddressProblem = z.infer<typeof AddressProblem>;

/** The answer to «is this an address?» with the canonical form when it is one. */
export const AddressCheck = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('ok'), address: MailAddress }),
  z.strictObject({ outcome: z.literal('invalid'), problem: AddressProblem }),
]);
export type AddressCheck = z.infer<typeof AddressCheck>;
