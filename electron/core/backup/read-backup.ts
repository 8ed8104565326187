import { Decrypter } from 'age-encryption';
import { stat } from 'node:fs/promises';
import { readHeaderSize } from './age-size';
import { passphraseIdentity } from './age-passphrase';
import { readFile } from './backup-folder';
import { toRefusal } from './backup-refusal';
import { onDisk } from './disk-error';
import { unpackArchive, type UnpackArchive, type UnpackedBackup } from './unpack-archive';
import { fromWebStream, toWebStream } from './web-stream';

export type ReadBackup = Pick<UnpackArchive, 'space' | 'folder'> & {
  readonly path: string;
  readonly passphrase: string;
  readonly progressed: (octets: number) => void;
};

/**
 * Opens a backup and unpacks it, in one pass and with one piece in memory at a time. Everything is checked when it
 * resolves: each octet is authenticated by age, and each entry is what the manifest says. Throws `BackupRefusal`, or
 * `disk-full`.
 */
export async function readBackup(o: ReadBackup): Promise<UnpackedBackup> {
  const headerSize = await readHeaderSize(o.path);
  const { size } = await onDisk(() => stat(o.path));
  const octets = counted(readFile(o.path), o.progressed);
  try {
    return await unpackArchive({ ...o, plain: await unseal(octets, o.passphrase), headerSize, actual: size });
  } finally {
    // The reader may have stopped anywhere; the file is closed all the same.
    await octets.return(undefined);
  }
}

async function unseal(octets: AsyncIterable<Uint8Array>, passphrase: string): Promise<AsyncIterable<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseIdentity(passphrase));
  try {
    return fromWebStream(await decrypter.decrypt(toWebStream(octets)));
  } catch (error) {
    throw toRefusal(error);
  }
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  progressed: (octets: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    progressed(piece.length);
    yield piece;
  }
}
