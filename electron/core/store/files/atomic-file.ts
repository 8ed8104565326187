import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toStoreError } from '../sql/store-error';

/**
 * Replaces a small file so that after a crash or on a full disk either the old content is there or the new, whole and
 * synced. Mode 0600. Throws `disk-full` or `store-damaged`, and then the old file stands.
 */
export function writeFileAtomically(path: string, content: string): void {
  const temporary = `${path}.new`;
  try {
    writeSynced(temporary, content);
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    throw toStoreError(error);
  }
}

/** Makes names created or renamed in a directory durable. Windows cannot open directories, and needs it not. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function writeSynced(path: string, content: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
