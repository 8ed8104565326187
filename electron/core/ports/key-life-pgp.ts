import type { Fingerprint, MailAddress } from '../../../shared/ids';
import type { ImportProblem, RevocationReason } from '../../../shared/key-life';
import type { IdentityKeys, RetiredSecret } from './keys';

/** What the engine can tell of an own key. Milliseconds. */
export type OwnKeyFacts = {
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revoked: boolean;
  readonly certificationExpiresAt: number;
  readonly subkey: { readonly fingerprint: Fingerprint; readonly createdAt: number };
};

/** The life of an own key (PROTOCOL.md 2). Every answer carries a fresh onion certification. */
export type KeyLifePgp = {
  readOwnKey(o: { keys: IdentityKeys; address: MailAddress }): Promise<OwnKeyFacts>;
  /** Sets the key's expiry (absent: none) by new self-signatures. */
  renewKey(o: {
    keys: IdentityKeys;
    address: MailAddress;
    onionSeed: Uint8Array;
    expiresAt?: number;
    now: number;
  }): Promise<IdentityKeys>;
  /** A new encryption subkey in the place of the old, whose secret half is handed back. */
  rotateSubkey(o: {
    keys: IdentityKeys;
    address: MailAddress;
    onionSeed: Uint8Array;
    now: number;
  }): Promise<{ keys: IdentityKeys; retired: RetiredSecret }>;
  /** A new key under the same address, certified (exportable 0x13) by the key before, which is handed back. */
  replaceKey(o: {
    keys: IdentityKeys;
    address: MailAddress;
    onionSeed: Uint8Array;
    now: number;
    /** Creation time of the new key; absent: `now`. */
    createdAt?: number;
  }): Promise<{ keys: IdentityKeys; retired: RetiredSecret }>;
  /** The same key with a key revocation (0x20), and the onion certification revoked (0x30). */
  revokeKey(o: {
    keys: IdentityKeys;
    address: MailAddress;
    onionSeed: Uint8Array;
    reason: RevocationReason;
    now: number;
  }): Promise<IdentityKeys>;
  /**
   * An Ed25519/Curve25519 v4 secret key, armored or binary, made the key of `address`: its User IDs are left behind.
   * `previous` certifies it.
   */
  adoptKey(o: {
    secretKey: Uint8Array;
    passphrase?: string;
    address: MailAddress;
    onionSeed: Uint8Array;
    now: number;
    previous?: IdentityKeys;
  }): Promise<
    | { readonly outcome: 'adopted'; readonly keys: IdentityKeys }
    | { readonly outcome: 'refused'; readonly problem: ImportProblem }
  >;
};
