import type { Migration } from '../../sql/migrations';

/**
 * Version 5: lists stand in the order in which people wrote. `sequence` is the order of arrival, and holders hand over
 * newest first. A date more than 26 hours ahead of the arrival counts as the arrival, or a letter from 2099 would stay
 * on top; own mail is dated here, and a draft's date moves on from when it was begun.
 */
export const writtenOrderMigration: Migration = {
  version: 5,
  statements: `
    ALTER TABLE messages ADD COLUMN ordered_at INTEGER NOT NULL AS (
      CASE WHEN protection <> 'own' AND date > stored_at + 93600000 THEN stored_at ELSE date END) VIRTUAL;
    DROP INDEX messages_by_folder;
    DROP INDEX messages_by_thread;
    DROP INDEX messages_unseen;
    CREATE INDEX messages_unseen ON messages (folder, sequence) WHERE seen = 0 AND kind = 'mail';
    CREATE INDEX messages_by_folder ON messages (folder, ordered_at, sequence);
    CREATE INDEX messages_by_thread ON messages (thread_id, ordered_at, sequence);
  `,
};
