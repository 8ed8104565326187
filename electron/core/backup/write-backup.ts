import { Encrypter } from 'age-encryption';
import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pack, type Pack } from 'tar-stream';
import type { BackupContents, BackupProgress } from '../../../shared/backup';
import type { BackupSource } from '../ports/storage/vault';
import { passphraseRecipient } from './age-passphrase';
import { readFile, writeFile } from './backup-folder';
import {
  FORMAT_VERSION,
  MANIFEST_NAME,
  VAULT_NAME,
  mailName,
  writeManifest,
  type BackupEntry,
} from './backup-manifest';
import { onDisk } from './disk-error';
import { steadily } from './report-steadily';
import { writeVault } from './vault-record';
import { fromWebStream, toWebStream } from './web-stream';

export type WriteBackup = {
  readonly source: BackupSource;
  readonly passphrase: string;
  readonly workFactor: number;
  readonly withMail: boolean;
  readonly createdAt: number;
  /** An empty folder for the copies of the mail. */
  readonly folder: string;
  /** The file to be written. */
  readonly path: string;
  readonly progressed: (progress: BackupProgress) => void;
};

/**
 * Copies every mail database, then writes copies and vault into one file: a tar (POSIX ustar) sealed by age. Throws
 * `disk-full`.
 */
export async function writeBackup(o: WriteBackup): Promise<BackupContents> {
  const vault = writeVault(o.source);
  const copies = await copyAll(o);
  const contents: BackupContents = {
    createdAt: o.createdAt,
    withMail: o.withMail,
    identities: copies.map(({ address, label, contacts, messages }) => ({ address, label, contacts, messages })),
  };
  const entries = [
    { name: VAULT_NAME, size: vault.length, sha256: sha256(vault) },
    ...copies.map(({ entry }) => entry),
  ];
  const manifest = writeManifest({
    contents,
    entries,
    ...(o.source.guests.length > 0 ? { version: FORMAT_VERSION } : {}),
  });
  const tar = packed({ ...o, manifest, vault, entries });
  try {
    await seal(o, tar);
  } finally {
    await tar.return(undefined);
  }
  return contents;
}

type Copy = BackupContents['identities'][number] & { readonly entry: BackupEntry };

async function copyAll({ source, folder, withMail }: WriteBackup): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const identity of source.identities) {
    const name = mailName(copies.length);
    const to = join(folder, name);
    const counts = await source.copyMail({ identity, to, withMail });
    const { size } = await onDisk(() => stat(to));
    copies.push({
      address: identity.address,
      label: identity.label,
      ...counts,
      entry: { name, size, sha256: await hashFile(to) },
    });
  }
  return copies;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readFile(path)) hash.update(piece);
  return hash.digest('hex');
}

function sha256(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}

type Packed = Pick<WriteBackup, 'folder' | 'createdAt' | 'progressed'> & {
  readonly manifest: Uint8Array;
  readonly vault: Uint8Array;
  readonly entries: readonly BackupEntry[];
};

/**
 * The octets of the tar. A copy is removed as soon as it is in, so that the disk holds little more than twice the mail.
 */
async function* packed(o: Packed): AsyncGenerator<Uint8Array> {
  const tar = pack();
  // `fill` throws the error that breaks it.
  tar.on('error', () => undefined);
  let failure: unknown;
  const filled = fill(tar, o).catch((error: unknown) => {
    failure = error;
    tar.destroy();
  });
  const report = steadily({
    work: 'create',
    total: o.entries.reduce((sum, { size }) => sum + size, 0),
    progressed: o.progressed,
  });
  try {
    for await (const piece of tar as AsyncIterable<Uint8Array>) {
      yield piece;
      report(piece.length);
    }
  } finally {
    tar.destroy();
    await filled;
  }
  if (failure !== undefined) throw failure as Error;
}

async function fill(tar: Pack, { manifest, vault, entries, folder, createdAt }: Packed): Promise<void> {
  const mtime = new Date(createdAt);
  const entryOf = (name: string, size: number): Entry =>
    tar.entry({ name, size, mtime, mode: 0o600 }).on('error', () => undefined);
  await endEntry(entryOf(MANIFEST_NAME, manifest.length), manifest);
  await endEntry(entryOf(VAULT_NAME, vault.length), vault);
  for (const { name, size } of entries.slice(1)) {
    const entry = entryOf(name, size);
    const path = join(folder, name);
    for await (const piece of readFile(path)) if (!entry.write(piece)) await drained(entry);
    await endEntry(entry);
    await onDisk(() => rm(path));
  }
  tar.finalize();
}

type Entry = ReturnType<Pack['entry']>;

function endEntry(entry: Entry, octets?: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    entry.once('error', reject);
    entry.once('close', resolve);
    if (octets !== undefined) entry.write(octets);
    entry.end(undefined);
  });
}

function drained(entry: Entry): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => (): void => {
      entry.off('drain', onDrain);
      entry.off('close', onClose);
      done();
    };
    const onDrain = settle(resolve);
    const onClose = settle(() => {
      reject(new Error('the archive was closed'));
    });
    entry.once('drain', onDrain);
    entry.once('close', onClose);
  });
}

async function seal({ passphrase, workFactor, path }: WriteBackup, tar: AsyncIterable<Uint8Array>): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(passphraseRecipient(passphrase, workFactor));
  await writeFile(path, fromWebStream(await encrypter.encrypt(toWebStream(tar))));
}
