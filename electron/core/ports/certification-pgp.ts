import type { Fingerprint, MailAddress } from '../../../shared/ids';
import type { CertificationLevel, IntroducerTrust } from '../../../shared/trust';
import type { TrustCertification, TrustInput, TrustResult } from '../domain/trust/trust-model';
import type { PublicKeyBlock, SecretKeyBlock } from './keys';

/**
 * A signature on a key by somebody else, as found in its block: claims until verified. `id`: SHA-256 of `subject` and
 * `body` in hex, so that a copy on another key cannot stand in its way.
 */
export type ReadCertification = Omit<TrustCertification, 'issuer'> & {
  readonly id: string;
  readonly issuerKeyId: string;
  /** Absent in signatures that name their issuer by key ID alone. */
  readonly issuer?: Fingerprint;
  readonly exportable: boolean;
  /** The signature packet's body. */
  readonly body: Uint8Array;
};

/** One key of a block of any number, cut down to itself; `address` when its one User ID is an address. */
export type SplitKey = { readonly block: PublicKeyBlock; readonly fingerprint: Fingerprint; readonly address?: string };

/** Certifications between people (PROTOCOL.md 3). Signatures are over a key and its one User ID. */
export type CertificationPgp = {
  /** Certifies (0x13, or 0x12 for `casual`) the User ID of `subject`. `trust`: makes it a trust signature. */
  certify(o: {
    secretKey: SecretKeyBlock;
    subject: PublicKeyBlock;
    level: CertificationLevel;
    exportable: boolean;
    expiresAt?: number;
    trust?: IntroducerTrust & { regex?: string };
    now: number;
  }): Promise<ReadCertification>;
  /** Revokes every earlier certification of `subject` by this key (0x30); as exportable as what it revokes was. */
  revokeCertification(o: {
    secretKey: SecretKeyBlock;
    subject: PublicKeyBlock;
    exportable: boolean;
    now: number;
  }): Promise<ReadCertification>;
  /**
   * The certifications by others in a block, newest first, at most MAX_FOREIGN_CERTIFICATIONS; `omitted` counts the
   * rest.
   */
  readCertifications(o: { block: Uint8Array }): Promise<{ certifications: ReadCertification[]; omitted: number }>;
  /**
   * Which of these signatures their issuers have truly made: strong hash, right type, all of RFC 9580 5.2.4. Times are
   * the caller's.
   */
  verifyCertifications(o: {
    checks: readonly { body: Uint8Array; subject: PublicKeyBlock; issuer: PublicKeyBlock }[];
  }): Promise<boolean[]>;
  /** The block with these certifications on its User ID. The caller leaves out those that are not exportable. */
  withCertifications(o: { block: PublicKeyBlock; bodies: readonly Uint8Array[] }): Promise<PublicKeyBlock>;
  /**
   * Splits armored or binary keys into single ones, their signatures with them; undefined when it holds none. At most
   * MAX_IMPORT_BYTES.
   */
  splitKeys(o: { content: Uint8Array }): Promise<SplitKey[] | undefined>;
  /**
   * The onion certifying key of `address` with a local trust signature by `secretKey`: depth 1, amount 120, limited to
   * that onion (PROTOCOL.md 2).
   */
  trustOnion(o: { secretKey: SecretKeyBlock; address: MailAddress; now: number }): Promise<PublicKeyBlock>;
  /** GnuPG's rules over a whole ring (`domain/trust`), off the caller's thread. */
  computeValidity(input: TrustInput): Promise<TrustResult>;
};
