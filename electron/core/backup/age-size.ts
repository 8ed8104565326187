import { open } from 'node:fs/promises';
import { BackupRefusal } from './backup-refusal';
import { onDisk } from './disk-error';

const FIRST_LINE = 'age-encryption.org/v1\n';
/** A header with one passphrase is about 150 octets. */
const MAX_HEADER_BYTES = 4_096;

const NONCE_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/**
 * Where the header ends. Throws `BackupRefusal`: `not-a-backup`, or `incomplete` for a file that ends before its header
 * does.
 */
export async function readHeaderSize(path: string): Promise<number> {
  const start = await readStart(path);
  if (!start.startsWith(FIRST_LINE))
    throw new BackupRefusal(FIRST_LINE.startsWith(start) && start !== '' ? 'incomplete' : 'not-a-backup');
  const macLine = start.indexOf('\n--- ');
  const end = macLine < 0 ? -1 : start.indexOf('\n', macLine + 1);
  if (end < 0) throw new BackupRefusal(start.length < MAX_HEADER_BYTES ? 'incomplete' : 'damaged');
  return end + 1;
}

async function readStart(path: string): Promise<string> {
  const file = await onDisk(() => open(path, 'r'));
  try {
    const { bytesRead, buffer } = await onDisk(() => file.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0));
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Octets of an age file (C2SP, age.md) around a plaintext of this size. */
export function sealedSize({ headerSize, plain }: { headerSize: number; plain: number }): number {
  const chunks = Math.max(1, Math.ceil(plain / CHUNK_BYTES));
  return headerSize + NONCE_BYTES + plain + chunks * TAG_BYTES;
}

const BLOCK = 512;

/** Octets of a tar with entries of these sizes: a header and whole blocks each, and two empty blocks. */
export function tarSize(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + BLOCK + BLOCK * Math.ceil(size / BLOCK), 2 * BLOCK);
}
