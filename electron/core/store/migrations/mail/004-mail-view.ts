import type { Migration } from '../../sql/migrations';

/**
 * Version 4: `mail` is what people call messages. Control messages lie in the same table while they are sent, and no
 * list or count may show one. `renews` was never set.
 */
export const mailViewMigration: Migration = {
  version: 4,
  statements: `
    CREATE VIEW mail AS SELECT * FROM messages WHERE kind = 'mail';
    DROP INDEX messages_unseen;
    CREATE INDEX messages_unseen ON messages (folder) WHERE seen = 0 AND kind = 'mail';
    ALTER TABLE agreements DROP COLUMN renews;
  `,
};
