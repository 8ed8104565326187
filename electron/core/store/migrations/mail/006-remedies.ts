import type { Migration } from '../../sql/migrations';

/**
 * Version 6: to which key final bytes are sealed, with which certification of ours, and how often they were sealed anew
 * because the recipient could not use them; and when a held envelope was last refused, in the time that it was kept.
 */
export const remediesMigration: Migration = {
  version: 6,
  statements: `
    ALTER TABLE deliveries ADD COLUMN sealed_to TEXT;
    ALTER TABLE deliveries ADD COLUMN sealed_with INTEGER;
    ALTER TABLE deliveries ADD COLUMN sealed_anew INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE held_mail ADD COLUMN refused_kept_ms INTEGER;
  `,
};
