import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedSize } from '../../electron/core/backup/age-size';
import { BackupRefusal } from '../../electron/core/backup/backup-refusal';
import { unpackArchive, type UnpackedBackup } from '../../electron/core/backup/unpack-archive';
import { claim } from '../oracles/claims';
import { cutInPieces } from '../oracles/texts';

/**
 * A backup that somebody gave to a person together with its passphrase: an archive of any shape behind a good seal. It
 * is refused in words, or unpacked under the names that we give, inside of the folder and nowhere else.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'posthorn-fuzz-'));
  try {
    const unpacked = await unpack(data, mkdtempSync(join(place, 'unpacked-')));
    const files = readdirSync(place, { recursive: true }).map(String);
    const ours = /^unpacked-\w+(?:\/mail-\d{1,2}\.db)?$/u;
    claim(
      files.every((file) => ours.test(file)),
      'a name in the archive has decided where a file is',
    );
    claim(unpacked === undefined || files.length === unpacked.manifest.entries.length, 'files are missing');
  } finally {
    rmSync(place, { recursive: true });
  }
}

async function unpack(data: Uint8Array, folder: string): Promise<UnpackedBackup | undefined> {
  try {
    return await unpackArchive({
      plain: piecesOf(data),
      headerSize: 0,
      actual: sealedSize({ headerSize: 0, plain: data.length }),
      space: { requireSpace: () => Promise.resolve() },
      folder,
    });
  } catch (error) {
    if (!(error instanceof BackupRefusal)) throw error;
    return undefined;
  }
}

async function* piecesOf(data: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* cutInPieces(data);
}
