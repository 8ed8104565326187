import { z } from 'zod';
import { BackupContents, BackupOutcome } from '../backup';
import { BackupId } from '../ids';
import { Bytes, method } from './rpc-kit';

const Done = z.strictObject({});
const ofBackup = z.strictObject({ backupId: BackupId });

/** Octets that cross in one call: a backup is as large as the mail in it, and never lies in memory whole. */
export const BACKUP_PIECE_BYTES = 1024 * 1024;

const Passphrase = z.string().min(1).max(1_024);

/**
 * Making, testing and restoring a backup: one file, age (C2SP) with a passphrase around a tar. It passes in pieces, so
 * that neither the page nor the core is told a path. Part of `coreContract`.
 */
export const backupContract = {
  /** Writes the backup into a file of the profile's own, to be read in pieces and then discarded. */
  'backup.create': method(
    z.strictObject({ passphrase: z.string().min(8).max(1_024), withMail: z.boolean() }),
    z.strictObject({ backupId: BackupId, size: z.number().int().nonnegative(), contents: BackupContents }),
  ),
  /** At most `BACKUP_PIECE_BYTES` from `offset`; empty at the end. */
  'backup.read': method(ofBackup.extend({ offset: z.number().int().nonnegative() }), Bytes),
  /** Begins to take a backup file in; `size` is checked against the disk. */
  'backup.open': method(z.strictObject({ size: z.number().int().positive() }), ofBackup),
  'backup.write': method(ofBackup.extend({ piece: Bytes }), Done),
  /** «Test my backup»: restores it into a scratch profile, opens every mail in it, and removes that again. */
  'backup.test': method(ofBackup.extend({ passphrase: Passphrase }), BackupOutcome),
  /**
   * Makes this machine's new profile from the backup, with a passphrase of its own, and unlocks it. Throws
   * `profile-exists` when there is one.
   */
  'backup.restore': method(
    ofBackup.extend({ passphrase: Passphrase, profilePassphrase: z.string().min(8).max(1_024) }),
    BackupOutcome,
  ),
  /** Deletes what was kept for it; also at the end of every backup. */
  'backup.discard': method(ofBackup, Done),
} as const;
