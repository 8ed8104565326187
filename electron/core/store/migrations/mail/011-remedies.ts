import type { Migration } from '../../sql/migrations';

/**
 * Version 11: to which key final bytes are sealed, with which certification of ours, and how often they were sealed
 * anew because the recipient could not use them.
 */
export const remediesMigration: Migration = {
  version: 11,
  statements: `
    ALTER TABLE deliveries ADD COLUMN sealed_to TEXT;
    ALTER TABLE deliveries ADD COLUMN sealed_with INTEGER;
    ALTER TABLE deliveries ADD COLUMN sealed_anew INTEGER NOT NULL DEFAULT 0;
  `,
};
