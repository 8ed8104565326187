import type { ContactId, Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Standing, Validity } from '../../../../shared/trust';
import type { TrustCertification } from '../../domain/trust/trust-model';
import type { PublicKeyBlock } from '../keys';
import type { RingCertification, RingKey } from './keyring-records';

/** Keys of contacts, of people who were introduced and of those who vouch for them, with what they certified. */
export type Keyring = {
  key(by: Fingerprint | MailAddress): RingKey | undefined;
  keys(): RingKey[];
  /**
   * Adds or replaces a key by fingerprint; keeps address, validity and path of one that was there, and does nothing for
   * another address. Throws `too-many` past MAX_RING_KEYS, except for a contact's.
   */
  putKey(key: Omit<RingKey, 'validity' | 'path'>): void;
  removeKey(fingerprint: Fingerprint): void;
  /**
   * Certifications that are not there yet; at most MAX_FOREIGN_CERTIFICATIONS of each subject are kept, unverified ones
   * go first, and MAX_UNVERIFIED_CERTIFICATIONS of all. Answers how many were added.
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
  /** Keys that an address had before, newest first. */
  history(address: MailAddress): { readonly fingerprint: Fingerprint; readonly replacedAt: number }[];
  recordReplaced(o: {
    readonly address: MailAddress;
    readonly fingerprint: Fingerprint;
    readonly publicKey: PublicKeyBlock;
    readonly replacedAt: number;
    /** What it was worth then. */
    readonly standing: Standing;
  }): void;
  replaced(fingerprint: Fingerprint): PublicKeyBlock | undefined;
  /** Whether this key was once seen revoked under this address, whether or not it is in the ring. */
  isRevoked(key: { readonly address: MailAddress; readonly fingerprint: Fingerprint }): boolean;
  /** Remembers it, within MAX_REVOKED_KEYS_OF_ADDRESS and, of strangers, MAX_REVOKED_KEYS_OF_STRANGERS. */
  recordRevoked(o: {
    readonly address: MailAddress;
    readonly fingerprint: Fingerprint;
    /** Milliseconds. */
    readonly at: number;
  }): void;
};
