import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityId } from '../../../../shared/ids';
import { syncDirectory } from './atomic-file';
import { toStoreError } from '../sql/store-error';

/** Where identities keep their mail: `identities/<uuid>/mail.db`. Only random ids are in the names. */
export type IdentityFiles = {
  mailPath(id: IdentityId): string;
  /** Makes the identity's directory, mode 0700. */
  prepare(id: IdentityId): void;
  /** Deletes the identity's directory; says whether it is gone (Windows keeps files that are still open). */
  remove(id: IdentityId): boolean;
  any(): boolean;
};

export function identityFiles(profileDirectory: string): IdentityFiles {
  const root = join(profileDirectory, 'identities');
  const directoryOf = (id: IdentityId): string => join(root, id);
  return {
    mailPath: (id) => join(directoryOf(id), 'mail.db'),
    prepare: (id) => {
      try {
        mkdirSync(directoryOf(id), { recursive: true, mode: 0o700 });
        syncDirectory(root);
        syncDirectory(profileDirectory);
      } catch (error) {
        throw toStoreError(error);
      }
    },
    remove: (id) => removed(directoryOf(id)),
    any: () => existsSync(root) && readdirSync(root).length > 0,
  };
}

function removed(directory: string): boolean {
  try {
    rmSync(directory, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
