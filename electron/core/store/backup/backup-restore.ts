import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory, writeFileAtomically } from '../files/atomic-file';
import { toStoreError } from '../sql/store-error';

/** Stands beside the vault while a profile is being made from a backup. */
const MARKER = 'restore.unfinished';

/** From here on, everything in this new profile belongs to a restore, until `vault.json` is written. */
export function beginRestore(directory: string): void {
  writeFileAtomically(join(directory, MARKER), '');
}

/**
 * Removes what an unfinished restore left, so that the profile is new again; after a finished one only the marker goes.
 * Does nothing to a profile in which no restore was begun. Throws what hinders it (`disk-full`, `store-damaged`).
 */
export function clearUnfinishedRestore(directory: string): void {
  if (!existsSync(join(directory, MARKER))) return;
  if (!existsSync(join(directory, 'vault.json'))) removeRestored(directory);
  endRestore(directory);
}

function removeRestored(directory: string): void {
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(directory, `vault.db${suffix}`), { force: true });
    rmSync(join(directory, 'identities'), { recursive: true, force: true });
    syncDirectory(directory);
  } catch (error) {
    throw toStoreError(error);
  }
}

/**
 * Called when `vault.json` is there, which alone makes a restore whole: a marker that cannot be removed does no harm.
 */
export function endRestore(directory: string): void {
  try {
    rmSync(join(directory, MARKER), { force: true });
    syncDirectory(directory);
  } catch {
    // Removed at the next start.
  }
}
