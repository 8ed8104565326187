import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { extract, type Extract } from 'tar-stream';
import { PosthornError } from '../../../shared/errors';
import { sealedSize, tarSize } from './age-size';
import { writeFile, type BackupFolder } from './backup-folder';
import { MANIFEST_NAME, MAX_MANIFEST_BYTES, readManifest, type BackupEntry, type Manifest } from './backup-manifest';
import { BackupRefusal, toRefusal } from './backup-refusal';
import { readVault, type RestoredVault } from './vault-record';

export type UnpackArchive = {
  readonly plain: AsyncIterable<Uint8Array>;
  /** Octets of the header of the sealed file, and of all of it. */
  readonly headerSize: number;
  readonly actual: number;
  readonly space: Pick<BackupFolder, 'requireSpace'>;
  /** An empty folder; the mail databases come in here, under the names of the manifest's order. */
  readonly folder: string;
};

export type UnpackedBackup = { readonly manifest: Manifest; readonly vault: RestoredVault };

/**
 * Unpacks the archive in a backup, `plain`, whose octets may end in a refusal. Everything but the seal is checked: each
 * entry is what the manifest says, and the file as long as it has to be. Throws as `readBackup`.
 */
export async function unpackArchive(o: UnpackArchive): Promise<UnpackedBackup> {
  const { plain, headerSize, actual } = o;
  const sizes: Sizes = { headerSize, actual };
  const tar = extract();
  tar.on('error', () => undefined);
  // The entries before the broken seal are still read: the manifest tells how long the file should be.
  const fed = feed(tar, plain).catch((error: unknown) => {
    tar.end(undefined);
    return toRefusal(error);
  });
  try {
    const unpacked = await unpack(o, { tar, sizes });
    const failure = await fed;
    if (failure !== undefined) throw failure;
    return unpacked;
  } catch (error) {
    tar.destroy();
    throw reasonOf({ error, below: await fed, sizes });
  }
}

/** A tar ends early, too, when the file below it cannot be read on, or its seal is broken: then that is the reason. */
function reasonOf({ error, below, sizes }: { error: unknown; below: Error | undefined; sizes: Sizes }): Error {
  if (error instanceof PosthornError) return error;
  if (below instanceof PosthornError) return below;
  if (sizes.expected !== undefined && sizes.actual < sizes.expected) return new BackupRefusal('incomplete', error);
  return below ?? toRefusal(error);
}

async function feed(tar: Extract, plain: AsyncIterable<Uint8Array>): Promise<undefined> {
  const closed = heard(tar, 'close');
  for await (const piece of plain) {
    if (tar.destroyed) return;
    if (tar.write(piece)) continue;
    await Promise.race([heard(tar, 'drain'), closed]);
  }
  tar.end(undefined);
}

function heard(tar: Extract, event: 'close' | 'drain'): Promise<void> {
  return new Promise((resolve) => {
    tar.once(event, () => {
      resolve();
    });
  });
}

/** Octets of the file; `expected` is known from the manifest on. */
type Sizes = { readonly headerSize: number; readonly actual: number; expected?: number };
type Unpack = { readonly tar: Extract; readonly sizes: Sizes };
type Entry = AsyncIterable<Uint8Array> & {
  readonly header: { readonly name: string; readonly size: number; readonly type: string };
};

async function unpack(o: UnpackArchive, { tar, sizes }: Unpack): Promise<UnpackedBackup> {
  const entries = (tar as AsyncIterable<Entry>)[Symbol.asyncIterator]();
  const manifestEntry = await nextEntry(entries);
  if (manifestEntry?.header.name !== MANIFEST_NAME) throw new BackupRefusal('not-a-backup');
  const manifestOctets = await collect(manifestEntry, MAX_MANIFEST_BYTES);
  const manifest = readManifest(manifestOctets);
  const plain = tarSize([manifestOctets.length, ...manifest.entries.map(({ size }) => size)]);
  sizes.expected = sealedSize({ headerSize: sizes.headerSize, plain });
  if (sizes.actual !== sizes.expected)
    throw new BackupRefusal(sizes.actual < sizes.expected ? 'incomplete' : 'damaged');
  await o.space.requireSpace(sizes.actual);
  const vault = readVault(await vaultOctets(entries, manifest));
  for (const expected of manifest.entries.slice(1)) {
    const entry = await requireEntry(entries, expected);
    await writeFile(join(o.folder, expected.name), verified(entry, expected));
  }
  if ((await nextEntry(entries)) !== undefined) throw new BackupRefusal('damaged');
  return { manifest, vault: belonging(vault, manifest) };
}

async function nextEntry(entries: AsyncIterator<Entry>): Promise<Entry | undefined> {
  const next = await entries.next();
  return next.done === true ? undefined : next.value;
}

async function requireEntry(entries: AsyncIterator<Entry>, expected: BackupEntry): Promise<Entry> {
  const entry = await nextEntry(entries);
  if (entry === undefined) throw new BackupRefusal('incomplete');
  const { name, size, type } = entry.header;
  if (name !== expected.name || size !== expected.size || type !== 'file') throw new BackupRefusal('damaged');
  return entry;
}

async function vaultOctets(entries: AsyncIterator<Entry>, manifest: Manifest): Promise<Uint8Array> {
  const [expected] = manifest.entries;
  if (expected === undefined) throw new BackupRefusal('damaged');
  const parts: Uint8Array[] = [];
  for await (const part of verified(await requireEntry(entries, expected), expected)) parts.push(part);
  return Buffer.concat(parts);
}

async function collect(entry: Entry, most: number): Promise<Uint8Array> {
  if (entry.header.size > most) throw new BackupRefusal('damaged');
  const parts: Uint8Array[] = [];
  for await (const part of entry) parts.push(part);
  return Buffer.concat(parts);
}

/** The octets of an entry; throws at their end when they are not those of the manifest. */
async function* verified(entry: Entry, expected: BackupEntry): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of entry) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== expected.sha256) throw new BackupRefusal('damaged');
}

function belonging(vault: RestoredVault, { contents }: Manifest): RestoredVault {
  const isSame =
    vault.identities.length === contents.identities.length &&
    vault.identities.every(({ address }, index) => address === contents.identities[index]?.address);
  if (!isSame) throw new BackupRefusal('damaged');
  return vault;
}
