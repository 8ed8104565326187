import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupContents, BackupOutcome, BackupProgress } from '../../../shared/backup';
import { BACKUP_PIECE_BYTES } from '../../../shared/contract/backup-contract';
import type { OnionHost } from '../../../shared/ids';
import { onionOf } from '../domain/mail-address';
import type { Backups } from '../ports/storage/backups';
import type { Clock } from '../ports/runtime';
import type { VaultIdentity } from '../ports/storage/vault';
import { WORK_FACTOR } from './age-passphrase';
import { backupFolder, writeWhole, type BackupFolder } from './backup-folder';
import { mailName } from './backup-manifest';
import { BackupRefusal } from './backup-refusal';
import { onDisk } from './disk-error';
import { readBackup } from './read-backup';
import { steadily } from './report-steadily';
import type { UnpackedBackup } from './unpack-archive';
import { writeBackup } from './write-backup';

export type CreateBackups = {
  /** Where work files lie: on the disk of the profile. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Opens a restored mail database, brings it up to date and reads all of it. */
  readonly checkMail: (o: {
    path: string;
    key: Uint8Array;
  }) => Promise<
    | { readonly outcome: 'good'; readonly contacts: number; readonly messages: number }
    | { readonly outcome: 'damaged' | 'newer' }
  >;
  readonly onionOf: (seed: Uint8Array) => OnionHost;
  /** Whether an identity's keys belong together and to its address. */
  readonly checkKeys: (identity: VaultIdentity) => Promise<boolean>;
  /** Base-2 logarithm of scrypt's cost; tests may take a cheaper one. */
  readonly workFactor?: number;
};

/** The `Backups` port. */
export function createBackups(o: CreateBackups): Backups {
  const folder = backupFolder(o.directory);
  const context: Context = { ...o, folder };
  return {
    create: (backup) => create(context, backup),
    receive: ({ size }) => receive(folder, size),
    read: ({ path }, offset) => readPiece(path, offset),
    test: (backup) => inScratch(context, { ...backup, work: 'test' }, () => Promise.resolve()),
    restore: ({ use, ...backup }) =>
      inScratch(context, { ...backup, work: 'restore' }, ({ vault, mailPath }) => use({ ...vault, mailPath })),
    discard: (path) => folder.remove(path),
    clean: () => folder.removeAll(),
  };
}

type Context = CreateBackups & { readonly folder: BackupFolder };

async function create(
  { folder, clock, workFactor = WORK_FACTOR }: Context,
  o: Parameters<Backups['create']>[0],
): ReturnType<Backups['create']> {
  const path = await folder.newFile();
  const copies = await folder.newFolder();
  try {
    const contents = await writeBackup({ ...o, workFactor, createdAt: clock.now(), folder: copies, path });
    return { path, size: (await onDisk(() => stat(path))).size, contents };
  } catch (error) {
    await folder.remove(path);
    throw error;
  } finally {
    await folder.remove(copies);
  }
}

async function receive(folder: BackupFolder, size: number): ReturnType<Backups['receive']> {
  await folder.requireSpace(size);
  const path = await folder.newFile();
  await append(path, new Uint8Array(0));
  return { path, write: (piece) => append(path, piece) };
}

/** Opened for each piece, so that a client that stops halfway leaves no file open. */
async function append(path: string, piece: Uint8Array): Promise<void> {
  const file = await onDisk(() => open(path, 'a', 0o600));
  try {
    await onDisk(() => writeWhole(file, piece));
  } finally {
    await file.close();
  }
}

async function readPiece(path: string, offset: number): Promise<Uint8Array> {
  const file = await onDisk(() => open(path, 'r'));
  try {
    const { bytesRead, buffer } = await onDisk(() =>
      file.read(new Uint8Array(BACKUP_PIECE_BYTES), 0, BACKUP_PIECE_BYTES, offset),
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

type Scratch = {
  readonly work: 'test' | 'restore';
  readonly path: string;
  readonly passphrase: string;
  readonly progressed: (progress: BackupProgress) => void;
};
type Checked = Pick<UnpackedBackup, 'vault'> & { readonly mailPath: (identity: VaultIdentity) => string };

/**
 * Unpacks into a folder of its own, checks all of it, lets `use` have it and removes what is left. A refusal is an
 * outcome.
 */
async function inScratch(
  context: Context,
  o: Scratch,
  use: (checked: Checked) => Promise<void>,
): Promise<BackupOutcome> {
  const scratch = await context.folder.newFolder();
  try {
    const { size } = await onDisk(() => stat(o.path));
    const progressed = steadily({ work: o.work, total: size, progressed: o.progressed });
    const unpacked = await readBackup({
      path: o.path,
      passphrase: o.passphrase,
      space: context.folder,
      folder: scratch,
      progressed,
    });
    const contents = await checkAll(context, { unpacked, scratch });
    const { identities } = unpacked.vault;
    await use({ vault: unpacked.vault, mailPath: (identity) => join(scratch, mailName(identities.indexOf(identity))) });
    return { outcome: 'good', contents };
  } catch (error) {
    if (error instanceof BackupRefusal) return { outcome: 'refused', problem: error.problem };
    throw error;
  } finally {
    await context.folder.remove(scratch);
  }
}

/** Whether every address is at the onion of its seed. */
function requireOnions(context: Context, { identities, guests }: UnpackedBackup['vault']): void {
  for (const { onionSeed, address } of [...identities, ...guests])
    if (context.onionOf(onionSeed) !== onionOf(address)) throw new BackupRefusal('damaged');
}

async function checkAll(
  context: Context,
  { unpacked, scratch }: { unpacked: UnpackedBackup; scratch: string },
): Promise<BackupContents> {
  const { contents } = unpacked.manifest;
  requireOnions(context, unpacked.vault);
  for (const [index, identity] of unpacked.vault.identities.entries()) {
    if (!(await context.checkKeys(identity))) throw new BackupRefusal('damaged');
    const mail = await context.checkMail({ path: join(scratch, mailName(index)), key: identity.databaseKey });
    if (mail.outcome === 'newer') throw new BackupRefusal('newer-version');
    const expected = contents.identities[index];
    const isSame =
      mail.outcome === 'good' && mail.contacts === expected?.contacts && mail.messages === expected.messages;
    if (!isSame) throw new BackupRefusal('damaged');
  }
  return contents;
}
