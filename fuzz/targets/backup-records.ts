import { readManifest, writeManifest } from '../../electron/core/backup/backup-manifest';
import { BackupRefusal } from '../../electron/core/backup/backup-refusal';
import { readVault, writeVault } from '../../electron/core/backup/vault-record';
import { claimBounded, claimSame } from '../oracles/claims';

/**
 * The two records in a backup, whose seal only shows that whoever made it knew the passphrase. They are refused in
 * words, or come back as they were.
 */
export function fuzz(data: Uint8Array): void {
  const manifest = orRefusal(() => readManifest(data));
  if (manifest !== undefined) {
    claimBounded(manifest, { input: data, times: 10 });
    claimSame(readManifest(writeManifest(manifest)), manifest, 'a manifest does not come back');
  }
  const vault = orRefusal(() => readVault(data));
  if (vault === undefined) return;
  claimBounded(vault, { input: data, times: 10 });
  claimSame(readVault(writeVault(vault)), vault, 'a vault does not come back');
}

function orRefusal<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackupRefusal)) throw error;
    return undefined;
  }
}
