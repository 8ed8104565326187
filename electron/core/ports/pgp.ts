import type { Fingerprint, MailAddress } from '../../../shared/ids';
import type { KeyRefusal, SignatureRefusal } from '../domain/refusals';
import type { CertificationPgp } from './certification-pgp';
import type { GuestPgp } from './guest-pgp';
import type { KeyLifePgp } from './key-life-pgp';
import type { IdentityKeys, PublicKeyBlock, SecretKeyBlock } from './keys';

/** A key that is revoked, by itself or by its onion. */
export type RevokedKey = {
  readonly fingerprint: Fingerprint;
  /**
   * The onion has signed for that key under this very address, at some time. Without it anybody could bring a key of
   * their own that they have revoked.
   */
  readonly isOfAddress?: true;
  /**
   * When the onion revoked its certification, milliseconds: every earlier certification of this address is out of date.
   */
  readonly revokedAt?: number;
};

/** `revoked`: keys of the block, other than the one that the answer is about, that are revoked. */
export type KeyCheck = { readonly revoked?: readonly RevokedKey[] } & (
  | {
      readonly outcome: 'certified';
      readonly fingerprint: Fingerprint;
      /** Creation time of the onion certification, milliseconds. */
      readonly certifiedAt: number;
      readonly expiresAt: number;
      /** Fingerprint of the encryption subkey that messages are sealed to. */
      readonly sealsTo: string;
      /** The block cut down to what was verified. */
      readonly publicKey: PublicKeyBlock;
    }
  | {
      readonly outcome: 'refused';
      readonly reason: KeyRefusal;
      /** With what a key says of itself (revoked, expired): which key, so that no other is taken for it. */
      readonly fingerprint?: Fingerprint;
      /** With `key-revoked`: as of a `RevokedKey`. */
      readonly isOfAddress?: true;
      readonly revokedAt?: number;
    }
);

export type DecryptOutcome =
  | {
      readonly outcome: 'decrypted';
      /** The literal data: the inner MIME entity. */
      readonly content: Uint8Array;
      /** The decrypted one-pass-signed message in binary, to be given to `verify`. */
      readonly signedMessage: Uint8Array;
    }
  | {
      readonly outcome: 'refused';
      readonly reason:
        | 'unreadable'
        | 'not-for-this-key'
        | 'no-integrity-protection'
        | 'not-signed'
        | 'too-large'
        | 'malformed';
    };

export type SignatureCheck =
  | { readonly outcome: 'valid'; readonly signedAt: number }
  | {
      readonly outcome: 'invalid';
      readonly reason: SignatureRefusal;
    };

/**
 * OpenPGP as PROTOCOL.md 2 and 5 profile it. Implemented in-process by the engine and across a worker by its client.
 */
export type Pgp = CertificationPgp &
  KeyLifePgp &
  GuestPgp & {
    /** A new identity key whose User ID the onion key of `onionSeed` certifies. */
    generateIdentityKeys(o: {
      address: MailAddress;
      onionSeed: Uint8Array;
      now: number;
      createdAt?: number;
    }): Promise<IdentityKeys>;
    /** The same key with a fresh onion certification (valid one year from `now`). */
    recertify(o: {
      keys: IdentityKeys;
      address: MailAddress;
      onionSeed: Uint8Array;
      now: number;
    }): Promise<IdentityKeys>;
    /**
     * Strict check of an untrusted block (binary or armored) against the address alone. `newestSeen`: rollback guard,
     * ms.
     */
    checkKeyBlock(o: { block: Uint8Array; address: MailAddress; now: number; newestSeen?: number }): Promise<KeyCheck>;
    /**
     * Signs `content` and encrypts it to every key of `recipients` (put the sender's own among them); ASCII armor with
     * checksum.
     */
    seal(o: {
      content: Uint8Array;
      secretKey: SecretKeyBlock;
      recipients: readonly PublicKeyBlock[];
      now: number;
      /** The time in the signature; absent: `now`. */
      signedAt?: number;
    }): Promise<Uint8Array>;
    /** `retired`: older keys that are tried when the first does not fit. `from`: whose turn it is, as they say. */
    decrypt(o: {
      sealed: Uint8Array;
      secretKey: SecretKeyBlock;
      retired?: readonly SecretKeyBlock[];
      from?: MailAddress;
    }): Promise<DecryptOutcome>;
    /** Verifies a signature of a decrypted message against one certified key. `from`: as in `decrypt`. */
    verify(o: {
      signedMessage: Uint8Array;
      publicKey: PublicKeyBlock;
      now: number;
      from?: MailAddress;
    }): Promise<SignatureCheck>;
    /**
     * Encrypts to one key without any signature and without our own key: a held message names its sender only inside.
     * ASCII armor. Throws `too-large` above MAX_ENVELOPE_BYTES, `key-refused` for a key that cannot be used at `now`.
     */
    sealAnonymously(o: { content: Uint8Array; recipient: PublicKeyBlock; now: number }): Promise<Uint8Array>;
    /** Opens what `sealAnonymously` made: one session key, one literal, no signature. */
    openAnonymous(o: { sealed: Uint8Array; secretKey: SecretKeyBlock; retired?: readonly SecretKeyBlock[] }): Promise<
      | { readonly outcome: 'opened'; readonly content: Uint8Array }
      | {
          readonly outcome: 'refused';
          readonly reason: 'unreadable' | 'not-for-this-key' | 'no-integrity-protection' | 'too-large' | 'malformed';
        }
    >;
    /**
     * A signature that stands beside what it signs (RFC 3156 5), in ASCII armor: binary, SHA-512. `content`: the octets
     * of a MIME entity as they travel.
     */
    signDetached(o: { content: Uint8Array; secretKey: SecretKeyBlock; now: number }): Promise<Uint8Array>;
    /** Verifies such a signature, armored, against one certified key. */
    verifyDetached(o: {
      content: Uint8Array;
      signature: Uint8Array;
      publicKey: PublicKeyBlock;
      now: number;
      from?: MailAddress;
    }): Promise<SignatureCheck>;
    armorPublicKey(publicKey: PublicKeyBlock): Promise<string>;
    /** Armored secret key block locked with `passphrase` in the way gpg 2.2 reads. */
    exportSecretKey(o: { secretKey: SecretKeyBlock; publicKey: PublicKeyBlock; passphrase: string }): Promise<string>;
    /** The onion certifying key (public, armored), for GnuPG users: PROTOCOL.md 2. */
    exportCertifyingKey(o: { onionSeed: Uint8Array }): Promise<string>;
    close(): Promise<void>;
  };
