import { z } from 'zod';
import { CardReading, OwnCard } from '../card';
import { Contact } from '../contact';
import { ContactId, Fingerprint, IdentityId, MailAddress, Timestamp } from '../ids';
import { Identity, IdentityColour } from '../identity';
import { ImportProblem, KeyImport, KeyLife, KeyPolicy, RevocationReason } from '../key-life';
import { LocalPart } from '../local-part';
import { MessageSummary } from '../message';
import { Bytes, method } from './rpc-kit';
import { CertificationLevel, IntroducerTrust, TrustGraph, Voucher } from '../trust';

const ofIdentity = z.strictObject({ identityId: IdentityId });
const ofContact = z.strictObject({ identityId: IdentityId, contactId: ContactId });

/** What was scanned, dropped or pasted: a `mailto:` text, an address, or a vCard with its key. */
const CardText = z.string().max(600_000);

/** How a certification is made. `expiresAt` absent: it holds until it is revoked. */
const Certify = z.strictObject({ level: CertificationLevel, shared: z.boolean(), expiresAt: Timestamp.optional() });

/** Cards, verification, introducers, introductions and the picture of trust. Part of `coreContract`. */
export const trustContract = {
  /** `withCode`: for the screen, with a one-time code. The first mail of a person who scanned it proves the scan. */
  'cards.own': method(ofIdentity.extend({ withCode: z.boolean() }), OwnCard),
  /** vCard 4 (RFC 6350) with address and KEY. */
  'cards.vcard': method(ofIdentity.extend({ name: z.string().max(100) }), z.strictObject({ text: z.string() })),
  /** Compares a card with what is known; changes nothing. `expected`: the contact it ought to be. */
  'cards.read': method(ofIdentity.extend({ text: CardText, expected: ContactId.optional() }), CardReading),

  /**
   * The user vouches for a person whose card they scanned (added as a contact when new) and makes the certification now
   * or when the key is here. Throws `card-refused` for every card that `cards.read` does not call `new` or `match`.
   */
  'contacts.verifyCard': method(
    ofIdentity.extend({
      text: CardText,
      expected: ContactId.optional(),
      name: z.string().max(100).optional(),
      certify: Certify,
    }),
    Contact,
  ),
  /** The same after comparing fingerprints aloud; throws `trust-refused` when it is not that of the key held. */
  'contacts.verifyFingerprint': method(ofContact.extend({ fingerprint: Fingerprint, certify: Certify }), Contact),
  /** Takes the user's word back: revokes the certification and every introducer's trust with it. */
  'contacts.revokeVerification': method(ofContact, Contact),
  /**
   * Names a verified contact as an introducer, changes how far, or with null takes it back. Throws `trust-refused` for
   * one not verified.
   */
  'contacts.setIntroducer': method(ofContact.extend({ introducer: IntroducerTrust.nullable() }), Contact),
  /** The user has understood that the key changed; it is certified anew when the key before vouches for it. */
  'contacts.acceptKey': method(ofContact, Contact),
  /**
   * Follows a move notice (the new address becomes a contact, verified as the old one was) or drops it. Answers the
   * contact at the new address, or the old one.
   */
  'contacts.answerMove': method(ofContact.extend({ accept: z.boolean() }), Contact),
  /**
   * Sends each of two contacts the other's card with the user's certification. Throws `trust-refused` when either is
   * not verified.
   */
  'contacts.introduce': method(
    ofIdentity.extend({ first: ContactId, second: ContactId, note: z.string().max(2_000) }),
    z.array(MessageSummary),
  ),
  /** Who has certified a contact's key, newest first. */
  'contacts.vouchers': method(ofContact, z.array(Voucher)),

  /** Public keys with certifications, armored or binary, of any number of people. */
  'keys.import': method(ofIdentity.extend({ content: Bytes }), KeyImport),
  /** Armored keys of contacts with the certifications on them; `withLocal` also those that are not for others. */
  'keys.export': method(
    ofIdentity.extend({ contactIds: z.array(ContactId).max(5_000).optional(), withLocal: z.boolean() }),
    z.strictObject({ keys: z.string(), count: z.number().int().nonnegative() }),
  ),
  /**
   * For the key ring of a GnuPG user: own key, the onion certifying keys of contacts with a local trust signature that
   * is limited to their onion, and the line for `--import-ownertrust`.
   */
  'keys.exportForGnupg': method(ofIdentity, z.strictObject({ keys: z.string(), ownertrust: z.string() })),
  /** At most `limit` keys, nearest first. */
  'trust.graph': method(ofIdentity.extend({ limit: z.number().int().min(1).max(5_000) }), TrustGraph),
} as const;

const KeyImportOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('imported'), identity: Identity }),
  z.strictObject({ outcome: z.literal('refused'), problem: ImportProblem }),
]);
export type KeyImportOutcome = z.infer<typeof KeyImportOutcome>;

/** The life of an identity's own keys. Part of `coreContract`. */
export const keyLifeContract = {
  'identities.keyLife': method(ofIdentity, KeyLife),
  'identities.setKeyPolicy': method(ofIdentity.extend({ policy: KeyPolicy }), KeyLife),
  /** Whether the key as handed out carries the certifications that others made: they show who knows this person. */
  'identities.showVouchers': method(ofIdentity.extend({ shown: z.boolean() }), KeyLife),
  /** Sets when the OpenPGP key expires, or with null that it does not. */
  'identities.renewKey': method(ofIdentity.extend({ expiresAt: Timestamp.nullable() }), KeyLife),
  /** A new encryption subkey now; the old one is retired by the policy. */
  'identities.rotateSubkey': method(ofIdentity, KeyLife),
  /** A new OpenPGP key under the same onion, certified by the key before it. */
  'identities.replaceKey': method(ofIdentity, Identity),
  /** Declares the key invalid for ever and hands that out; mail can be received again after `replaceKey`. */
  'identities.revokeKey': method(ofIdentity.extend({ reason: RevocationReason, confirmAddress: MailAddress }), KeyLife),
  /**
   * Makes an OpenPGP key that the person already has this identity's key. People who have seen that key elsewhere can
   * link the two.
   */
  'identities.importKey': method(
    ofIdentity.extend({ key: Bytes, passphrase: z.string().max(1_024).optional() }),
    KeyImportOutcome,
  ),
  /** Tells all contacts of this identity, signed by both, that the person moves to another identity of this profile. */
  'identities.announceMove': method(
    ofIdentity.extend({ toIdentityId: IdentityId, contactIds: z.array(ContactId).min(1).max(5_000) }),
    z.array(MessageSummary),
  ),
  /** The onion seed as 24 words (BIP 39). Anybody who has the words has the address. */
  'identities.paperKey': method(ofIdentity, z.strictObject({ words: z.array(z.string()).length(24) })),
  /**
   * An identity with the address of a paper key and a new OpenPGP key. Throws `invalid-call` for words that are none.
   */
  'identities.restoreFromPaper': method(
    z.strictObject({
      words: z.string().max(1_000),
      localPart: LocalPart,
      label: z.string().max(60),
      colour: IdentityColour,
    }),
    Identity,
  ),
  /**
   * Asks again whether the copy of this identity from which it was restored is still online; goes into service when it
   * is not.
   */
  'identities.takeOver': method(ofIdentity.extend({ evenIfElsewhere: z.boolean() }), Identity),
} as const;
