import type { Migration } from '../../sql/migrations';

/**
 * Version 25: what is remembered because other mail programs are there. `read_told`: letters whose sender knows that
 * they were read, however many copies lie here. `submissions`: digests of letters that were queued a short time ago,
 * so that one which comes again is not sent again. `lost_subscriptions`: names (JSON, a level each) that programs
 * subscribe to and no mailbox has any more (RFC 9051 6.3.7). `attribute`: what a program has made a mailbox for (RFC
 * 6154).
 */
export const programsRememberedMigration: Migration = {
  version: 25,
  statements: `
    CREATE TABLE read_told (
      rfc_message_id TEXT NOT NULL,
      from_address TEXT NOT NULL,
      PRIMARY KEY (rfc_message_id, from_address)
    ) WITHOUT ROWID;
    CREATE TRIGGER read_told_forgotten AFTER DELETE ON messages
      WHEN OLD.rfc_message_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM messages WHERE rfc_message_id = OLD.rfc_message_id AND from_address = OLD.from_address)
      BEGIN
        DELETE FROM read_told WHERE rfc_message_id = OLD.rfc_message_id AND from_address = OLD.from_address;
      END;
    CREATE TABLE submissions (
      digest TEXT PRIMARY KEY,
      message_id TEXT NOT NULL,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX submissions_by_time ON submissions (at);
    CREATE TABLE lost_subscriptions (path TEXT PRIMARY KEY) WITHOUT ROWID;
    ALTER TABLE mailboxes ADD COLUMN attribute TEXT;
  `,
};
