import type { IdentityColour } from '../../../../shared/identity';
import type { IdentityId, MailAddress, ProgramId } from '../../../../shared/ids';
import type { KeyPolicy } from '../../../../shared/key-life';
import type { Device } from '../../../../shared/programs/device';
import type { MailProgram } from '../../../../shared/programs/mail-program';
import type { Settings } from '../../../../shared/settings';
import type { IdentityKeys, RetiredSecret } from '../keys';
import type { GuestBackup, Guests } from './guests';
import type { MailStore } from './mail-store';

/** An identity as the vault keeps it. `databaseKey` is 32 octets; `onionSeed` is the Ed25519 seed. */
export type VaultIdentity = {
  readonly id: IdentityId;
  readonly address: MailAddress;
  readonly label: string;
  readonly colour: IdentityColour;
  readonly paused: boolean;
  readonly createdAt: number;
  readonly onionSeed: Uint8Array;
  readonly keys: IdentityKeys;
  /** Creation time of our newest onion certification; 0: restored, so that one is due now. */
  readonly certifiedAt: number;
  /** Milliseconds from `certifiedAt` until the next one is due; drawn by chance (domain/published-time.ts). */
  readonly renewAfterMs: number;
  readonly databaseKey: Uint8Array;
  readonly keyPolicy: KeyPolicy;
  readonly subkeyMadeAt: number;
  /** How early or late the next subkey is made, drawn by chance in [0, 1). */
  readonly rotationShare: number;
  readonly retired: readonly RetiredSecret[];
  readonly revoked: boolean;
  readonly showsVouchers: boolean;
  /**
   * Restored from a backup or paper, and not yet sure to be the only copy: it does not go online before it has looked.
   */
  readonly mayBeElsewhere: boolean;
};

export type VaultUnlock =
  | { readonly outcome: 'unlocked'; readonly vault: Vault }
  | { readonly outcome: 'wrong' | 'delayed'; readonly retryAt: number };

/** The profile on disk: at most one process holds it. */
export type Profile = {
  state(): { readonly state: 'new' | 'locked'; readonly retryAt?: number };
  /**
   * Throws `profile-exists`. `fill` puts into the vault what came out of a backup: only when all of it is there the
   * profile exists; a failure or a crash before leaves a new one.
   */
  create(passphrase: string, fill?: (vault: Vault) => void): Promise<Vault>;
  unlock(passphrase: string): Promise<VaultUnlock>;
  changePassphrase(o: { current: string; next: string }): Promise<VaultUnlock>;
  /** Releases the profile for another process. */
  close(): void;
};

/** The fields of an identity that may change. */
export type VaultIdentityChange = Partial<
  Omit<VaultIdentity, 'id' | 'address' | 'createdAt' | 'onionSeed' | 'databaseKey'>
>;

/** What is put into a backup besides mail databases: the rows of the vault. */
export type BackupSource = {
  readonly identities: readonly VaultIdentity[];
  readonly guests: readonly GuestBackup[];
  readonly settings: Settings;
  /**
   * A consistent copy of an identity's mail, still encrypted with its database key; without mail: contacts and ring
   * alone.
   */
  copyMail(o: {
    identity: VaultIdentity;
    to: string;
    withMail: boolean;
  }): Promise<{ readonly contacts: number; readonly messages: number }>;
};

/** A program that may log in, and what its password is known by. */
export type KeptProgram = MailProgram & { readonly hash: string };

/** What a login needs to know of a program, wherever it runs. */
export type AppLogin = Pick<KeptProgram, 'id' | 'identityIds' | 'form' | 'lastUsedAt' | 'hash'>;

/** The mail programs of the profile; those of an identity that is removed lose it. Every write is committed. */
export type AppPasswords = {
  /** In the order in which they were added. */
  list(): readonly KeptProgram[];
  add(program: KeptProgram): void;
  /** Whether it was there. */
  remove(id: ProgramId): boolean;
  used(o: { readonly id: ProgramId; readonly at: number }): void;
};

/** A device that may log in, and what its password and its key are known by. */
export type KeptDevice = Omit<Device, 'onion' | 'state' | 'connections'> & {
  readonly hash: string;
  /** The x25519 public key of the device, base32, as `Onion.publish` takes it. */
  readonly clientKey: string;
};

/**
 * Phones and other computers of this person; those of an identity that is removed lose it. Every write is committed.
 */
export type Devices = {
  /** In the order in which they were added. */
  list(): readonly KeptDevice[];
  /** The Ed25519 seed of its onion, 32 octets; undefined when it is not there. */
  onionSeed(id: ProgramId): Uint8Array | undefined;
  add(device: KeptDevice, onionSeed: Uint8Array): void;
  /** Whether it was there. Of its seed no trace is left in the file. */
  remove(id: ProgramId): boolean;
  used(o: { readonly id: ProgramId; readonly at: number }): void;
};

/** An unlocked vault. Every write is committed when it returns. */
export type Vault = {
  identities(): readonly VaultIdentity[];
  addIdentity(identity: VaultIdentity): void;
  updateIdentity(id: IdentityId, change: VaultIdentityChange): void;
  /** Removes the keys first, then the database files: after it nothing can read them. */
  removeIdentity(id: IdentityId): void;
  settings(): Settings;
  setSettings(settings: Settings): void;
  readonly appPasswords: AppPasswords;
  readonly devices: Devices;
  /**
   * Brings the mail of every identity to the form that this version keeps, in short steps; resolves also when one
   * could not be, which `openMail` says. `told` hears how much of all is done, from 0 to 1, and nothing where nothing
   * is to be done; a false `isWanted` ends it with nothing lost.
   */
  upgradeMail(o: { readonly told: (share: number) => void; readonly isWanted: () => boolean }): Promise<void>;
  readonly guests: Guests;
  /** Opens an identity's mail; a damaged file throws `store-damaged` and is left as it is. */
  openMail(identity: VaultIdentity): MailStore;
  /**
   * Moves a restored mail database into place, then adds the identity. Throws `invalid-call` for an address that is
   * here already.
   */
  installIdentity(o: { readonly identity: VaultIdentity; readonly mailPath: string }): void;
  /** See `BackupSource`. */
  copyMail: BackupSource['copyMail'];
  /** Forgets the keys and closes the database; mail stores are closed by their owners before. */
  lock(): void;
};
