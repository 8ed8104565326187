import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PosthornError } from '../../../shared/errors';
import { diskFull, onDisk } from './disk-error';

/** The profile's own folder for work on backups, mode 0700; nothing in it outlives a start of the program. */
export type BackupFolder = {
  /** A path for a new file; only its owner can get at it. */
  newFile(): Promise<string>;
  /**
   * A new folder for the parts of a backup. It lies on the disk of the profile, so that a part can be moved into place.
   */
  newFolder(): Promise<string>;
  /** Throws `disk-full` when there are not this many octets left. */
  requireSpace(octets: number): Promise<void>;
  /** Removes a file or folder that this made. */
  remove(path: string): Promise<void>;
  removeAll(): Promise<void>;
};

export function backupFolder(path: string): BackupFolder {
  let emptied: Promise<void> = Promise.resolve();
  const prepare = async (): Promise<void> => {
    // Waits until the rest of a crash is removed: new files would be removed with it.
    await emptied.catch(() => undefined);
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(path, 0o700);
  };
  return {
    newFile: () => onDisk(async () => (await prepare(), join(path, `${randomUUID()}.age`))),
    newFolder: () =>
      onDisk(async () => {
        await prepare();
        const folder = join(path, randomUUID());
        await mkdir(folder, { mode: 0o700 });
        return folder;
      }),
    requireSpace: async (octets) => {
      const { bavail, bsize } = await onDisk(async () => (await prepare(), statfs(path)));
      if (bavail * bsize < octets) throw diskFull();
    },
    remove: async (file) => {
      if (dirname(file) !== path)
        throw new PosthornError('internal', 'This file does not belong to a backup. Nothing was removed.');
      await onDisk(() => rm(file, { recursive: true, force: true }));
    },
    removeAll: () => (emptied = onDisk(() => rm(path, { recursive: true, force: true }))),
  };
}

/**
 * Creates a file, mode 0600, writes the pieces and syncs it. A file that could not be written whole is for its folder's
 * owner to remove.
 */
export async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await onDisk(() => open(path, 'wx', 0o600));
  try {
    for await (const piece of pieces) await onDisk(() => writeWhole(file, piece));
    await onDisk(() => file.sync());
  } finally {
    await file.close();
  }
}

/** `write` may take less than it is given. */
export async function writeWhole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let offset = 0; offset < piece.length;) offset += (await file.write(piece, offset)).bytesWritten;
}

const PIECE_BYTES = 256 * 1024;

/** A file's octets, a piece at a time. */
export async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await onDisk(() => open(path, 'r'));
  try {
    for (;;) {
      const { bytesRead, buffer } = await onDisk(() => file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES, null));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
