import type { Migration } from '../../sql/migrations';

/**
 * Version 3: when the next certification (20 to 30 days after the last) and the next subkey are due, drawn for each
 * identity.
 */
export const ownTimesMigration: Migration = {
  version: 3,
  statements: `
    ALTER TABLE identities ADD COLUMN renew_after_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE identities ADD COLUMN rotation_share REAL NOT NULL DEFAULT 0;
    UPDATE identities SET renew_after_ms = 1728000000 + abs(random() % 864000) * 1000,
      rotation_share = abs(random() % 1000000) / 1000000.0;
  `,
};
