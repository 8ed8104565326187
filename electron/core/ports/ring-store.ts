import type { ContactId, Fingerprint, MailAddress, MessageId } from '../../../shared/ids';
import type { Standing, Validity } from '../../../shared/trust';
import type { TrustCertification } from '../domain/trust/trust-model';
import type { ReadCertification } from './certification-pgp';
import type { PublicKeyBlock } from './keys';
import type { Enclosures } from './mail-records';

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
  readonly seenAt: number;
  /** As last computed. */
  readonly validity: Validity;
  readonly path: readonly MailAddress[];
};

/**
 * A certification in the ring. `verified`: by a key of the ring that has truly made it; only then `issuer` is a fact.
 */
export type RingCertification = ReadCertification & { readonly verified: boolean };

/**
 * One identity's key ring, and what else trust needs to remember. Part of `MailStore`: each write is one committed
 * transaction.
 */
export type RingStore = {
  ringKey(by: Fingerprint | MailAddress): RingKey | undefined;
  ringKeys(): RingKey[];
  /**
   * Adds or replaces a key by fingerprint; keeps address, validity and path of one that was there, and does nothing for
   * another address. Throws `too-many` past MAX_RING_KEYS, except for a contact's.
   */
  putRingKey(key: Omit<RingKey, 'validity' | 'path'>): void;
  removeRingKey(fingerprint: Fingerprint): void;
  /**
   * Certifications that are not there yet; at most MAX_FOREIGN_CERTIFICATIONS of each subject are kept, unverified ones
   * go first. Answers how many were added.
   */
  addCertifications(certifications: readonly RingCertification[]): number;
  markVerified(marks: readonly { readonly id: string; readonly issuer: Fingerprint }[]): void;
  dropCertifications(ids: readonly string[]): void;
  /** Unverified ones that name this issuer. */
  unverifiedBy(issuer: { readonly fingerprint: Fingerprint; readonly keyId: string }): RingCertification[];
  certificationsOn(subject: Fingerprint): RingCertification[];
  /**
   * All verified ones without their bodies, a page at a time so that the loop is not held; `after` is the last id of
   * the page before.
   */
  verifiedCertifications(o: {
    after?: string;
    limit: number;
  }): (TrustCertification & { readonly id: string; readonly exportable: boolean })[];
  /**
   * Writes what was computed: validity of keys and standing of contacts, in one commit; announces each contact that
   * changed, and `trust.changed` each time.
   */
  putTrust(o: {
    keys: readonly {
      readonly fingerprint: Fingerprint;
      readonly validity: Validity;
      readonly path: readonly MailAddress[];
    }[];
    standings: readonly { readonly contactId: ContactId; readonly standing: Standing }[];
  }): void;

  /** A one-time scan code that was put on the screen; the oldest of too many is forgotten. */
  addScanCode(o: { readonly code: string; readonly expiresAt: number }): void;
  /** Uses a code up; false when it is unknown, used or past. */
  useScanCode(o: { readonly code: string; readonly now: number }): boolean;
  /** The code of a contact's card that the next mail to them shall carry, once. */
  putCodeToSend(o: { readonly contactId: ContactId; readonly code: string }): void;
  codeToSend(contactId: ContactId): string | undefined;
  dropCodeToSend(contactId: ContactId): void;
  /** What else travels inside a queued message. */
  putEnclosures(o: { readonly messageId: MessageId; readonly enclosures: Enclosures }): void;
  enclosures(messageId: MessageId): Enclosures | undefined;
  /** Keys that an address had before, newest first. */
  keyHistory(address: MailAddress): { readonly fingerprint: Fingerprint; readonly replacedAt: number }[];
  recordReplacedKey(o: {
    readonly address: MailAddress;
    readonly fingerprint: Fingerprint;
    readonly publicKey: PublicKeyBlock;
    readonly replacedAt: number;
  }): void;
  replacedKey(fingerprint: Fingerprint): PublicKeyBlock | undefined;
};
