import type { Migration } from '../sql/migrations';
import { identitiesMigration } from './vault/001-identities';
import { keyLifeMigration } from './vault/002-key-life';
import { ownTimesMigration } from './vault/003-own-times';
import { appPasswordsMigration } from './vault/004-app-passwords';
import { devicesMigration } from './vault/005-devices';
import { guestsMigration } from './vault/006-guests';

/**
 * The vault: every secret of every identity. `removals` names identities whose keys are gone and whose files may be
 * left; the row of `wipes` says that a secret was deleted whose traces may still be in free pages or in the log.
 */
export const vaultMigrations: readonly Migration[] = [
  identitiesMigration,
  keyLifeMigration,
  ownTimesMigration,
  appPasswordsMigration,
  devicesMigration,
  guestsMigration,
];
