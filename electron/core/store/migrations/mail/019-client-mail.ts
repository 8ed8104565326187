import type { Migration } from '../../sql/migrations';

/**
 * Version 19: other mail programs show the mailboxes that are subscribed to (RFC 9051 6.3.7). All are, at first: one
 * that is made in the window is to be seen on the phone. Of what they append, the people stand in
 * `appended_people` as they are written, since columns hold onions alone.
 */
export const clientMailMigration: Migration = {
  version: 19,
  statements: `
    ALTER TABLE mailboxes ADD COLUMN is_subscribed INTEGER NOT NULL DEFAULT 1;
    CREATE TABLE appended_people (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      from_texts TEXT NOT NULL,
      to_texts TEXT NOT NULL,
      cc_texts TEXT NOT NULL,
      bcc_texts TEXT NOT NULL
    );
  `,
};
