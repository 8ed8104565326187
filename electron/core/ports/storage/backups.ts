import type { BackupContents, BackupOutcome, BackupProgress } from '../../../../shared/backup';
import type { Settings } from '../../../../shared/settings';
import type { GuestBackup } from './guests';
import type { BackupSource, VaultIdentity } from './vault';

/** A file that passes in pieces through the profile's own folder; removed by `discard`. */
export type BackupFile = { readonly path: string; readonly size: number };

/** Reads and writes the one file: age with a passphrase around a tar. Never holds more than a piece in memory. */
export type Backups = {
  create(o: {
    source: BackupSource;
    passphrase: string;
    withMail: boolean;
    progressed: (progress: BackupProgress) => void;
  }): Promise<BackupFile & { readonly contents: BackupContents }>;
  /** An empty file to take a backup in. */
  receive(o: { size: number }): Promise<{ readonly path: string; write(piece: Uint8Array): Promise<void> }>;
  read(file: BackupFile, offset: number): Promise<Uint8Array>;
  /**
   * Unpacks into a scratch folder, opens every database and reads every row of mail; the folder is gone when it
   * resolves.
   */
  test(o: { path: string; passphrase: string; progressed: (progress: BackupProgress) => void }): Promise<BackupOutcome>;
  /**
   * Unpacks and checks all of it, then hands the identities over with the folder of their databases; `use` installs
   * them.
   */
  restore(o: {
    path: string;
    passphrase: string;
    progressed: (progress: BackupProgress) => void;
    use: (restored: {
      readonly identities: readonly VaultIdentity[];
      readonly guests: readonly GuestBackup[];
      readonly settings: Settings;
      readonly mailPath: (identity: VaultIdentity) => string;
    }) => Promise<void>;
  }): Promise<BackupOutcome>;
  discard(path: string): Promise<void>;
  /** Removes what a crash left. */
  clean(): Promise<void>;
};
