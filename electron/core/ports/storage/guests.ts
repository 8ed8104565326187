import type { Fingerprint, IdentityId, MailAddress } from '../../../../shared/ids';
import type { GuestAgreement } from '../../domain/guests/guest-agreement';
import type { PublicKeyBlock } from '../keys';
import type { Events } from '../runtime';
import type { MailStore } from './mail-store';

/** The guest's own key, whose secret is not here, with the certification by their onion. */
export type GuestKey = {
  readonly publicKey: PublicKeyBlock;
  readonly fingerprint: Fingerprint;
  /** As of a `VaultIdentity`. */
  readonly certifiedAt: number;
  readonly renewAfterMs: number;
};

/** A person whom the owner of the profile hosts (docs/decisions/031-guests.md). */
export type KeptGuest = {
  /** Of their mailbox; no identity has it. */
  readonly id: IdentityId;
  readonly address: MailAddress;
  /** What the host calls them. */
  readonly name: string;
  readonly createdAt: number;
  readonly agreement: GuestAgreement;
  /** Of the app password of their program. */
  readonly hash: string;
  readonly lastUsedAt?: number;
  /** Absent until their program has made one: before that nothing can be sealed to them. */
  readonly key?: GuestKey;
};

/** What is kept of a guest and shown to nobody; 32 octets each. */
export type GuestSecrets = { readonly onionSeed: Uint8Array; readonly databaseKey: Uint8Array };

/** What a backup has of a guest: everything but their mail, which their own program has. */
export type GuestBackup = KeptGuest & Pick<GuestSecrets, 'onionSeed'>;

/** The guests of a vault. Every write is committed. */
export type Guests = {
  /** In the order in which they were added. */
  list(): readonly KeptGuest[];
  /** The Ed25519 seed of their onion; undefined when they are not there. */
  onionSeed(id: IdentityId): Uint8Array | undefined;
  /** Makes their mail database, too. Throws `invalid-call` for an address that is here already. */
  add(guest: KeptGuest, secrets: GuestSecrets): void;
  /** Whether they were there. */
  update(
    id: IdentityId,
    change: Partial<Pick<KeptGuest, 'name' | 'agreement' | 'hash' | 'lastUsedAt' | 'key'>>,
  ): boolean;
  /**
   * Whether they were there. Of seed and database key no trace is left in the file, and without them nothing reads the
   * mail; its files go then, or at the next unlock. Their mail must be closed.
   */
  remove(id: IdentityId): boolean;
  /**
   * Opens their mail, of which `events` hears alone: the windows know of no such identity. Throws `identity-unknown`,
   * and `store-damaged` as `Vault.openMail`.
   */
  openMail(id: IdentityId, events: Pick<Events, 'publish'>): MailStore;
};
