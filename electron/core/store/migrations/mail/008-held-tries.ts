import type { Migration } from '../../sql/migrations';

/**
 * Version 8: the wait of a held envelope is its own, and refusals count by the day. What was refused often in a short
 * time before gets another chance.
 */
export const heldTriesMigration: Migration = {
  version: 8,
  statements: `
    ALTER TABLE held_mail ADD COLUMN next_try_at INTEGER;
    ALTER TABLE held_mail ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE held_mail ADD COLUMN refused_at INTEGER;
  `,
};
