import { z } from 'zod';
import { AddressProblem } from './contact';
import { ContactId, Fingerprint, IdentityId, MailAddress, Timestamp } from './ids';

/** Why a scanned text, picture or file is no card of a person. */
export const CardProblem = z.enum([
  'not-a-card',
  'several-addresses',
  'address-invalid',
  'fingerprint-invalid',
  'key-not-certified',
  'too-large',
]);
export type CardProblem = z.infer<typeof CardProblem>;

/**
 * A contact whose address looks like the scanned one but is not it. `differs`: positions in the address where they
 * differ.
 */
export const LookAlike = z.strictObject({
  contactId: ContactId,
  differs: z.array(z.number().int().nonnegative()).max(127),
});
export type LookAlike = z.infer<typeof LookAlike>;

/** What a scanned card says, compared with what is known. Nothing has been changed yet. */
export const CardReading = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('refused'),
    problem: CardProblem,
    addressProblem: AddressProblem.optional(),
    lookAlike: LookAlike.optional(),
  }),
  /** The user's own card, of this or another identity. */
  z.strictObject({ outcome: z.literal('own'), identityId: IdentityId }),
  z.strictObject({
    outcome: z.literal('new'),
    address: MailAddress,
    name: z.string().max(100),
    fingerprint: Fingerprint.optional(),
    /** Known by an introduction or from the ring, though not a contact. */
    lookAlike: LookAlike.optional(),
  }),
  z.strictObject({
    outcome: z.literal('match'),
    contactId: ContactId,
    address: MailAddress,
    alreadyVerified: z.boolean(),
  }),
  /** The card has another address than the chosen contact. */
  z.strictObject({
    outcome: z.literal('other-address'),
    expected: ContactId,
    address: MailAddress,
    differs: z.array(z.number().int().nonnegative()).max(127),
  }),
  /**
   * The address is known, but the card names another key than the onion certifies. `replacedAt`: the card's key was
   * theirs until then.
   */
  z.strictObject({
    outcome: z.literal('other-key'),
    contactId: ContactId,
    address: MailAddress,
    cardFingerprint: Fingerprint,
    knownFingerprint: Fingerprint,
    replacedAt: Timestamp.optional(),
  }),
]);
export type CardReading = z.infer<typeof CardReading>;

/**
 * An identity's own card. `uri` is what its QR code holds (RFC 6068 `mailto:` with `fpr` and, on screen, a one-time
 * `code`).
 */
export const OwnCard = z.strictObject({
  address: MailAddress,
  fingerprint: Fingerprint,
  uri: z.string().max(400),
  /** When the one-time code in `uri` ends; absent on a printed card, which has none. */
  codeExpiresAt: Timestamp.optional(),
});
export type OwnCard = z.infer<typeof OwnCard>;
