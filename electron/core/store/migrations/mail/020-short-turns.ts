import type { Migration } from '../../sql/migrations';

/**
 * Version 20: what a program asks of many messages is done in short turns. To take the words of a message out of the
 * index costs ten times as much as all else that goes with it, so its key is noted (`leftover_words`) and the words go
 * soon after; no search finds them meanwhile, since the key leads to no message. What is copied in several commits
 * stands in `unfinished_copies` up to the last of them, or until somebody moves it: then it is theirs. What copies take
 * on the disk is counted with them, and is no strangers' doing, as the index by which the room of people who were
 * introduced is measured knows.
 */
export const shortTurnsMigration: Migration = {
  version: 20,
  statements: `
    CREATE TABLE leftover_words (key INTEGER PRIMARY KEY);
    DROP TRIGGER clear_index;
    CREATE TRIGGER clear_index BEFORE DELETE ON messages BEGIN
      INSERT INTO leftover_words (key) SELECT key FROM search_rows WHERE message_row = OLD.row;
      DELETE FROM search_words WHERE rowid = OLD.row;
      DELETE FROM messages_fts WHERE rowid = OLD.row;
    END;
    CREATE TABLE unfinished_copies (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      copying TEXT NOT NULL
    );
    CREATE TRIGGER moved_copy AFTER UPDATE OF mailbox ON messages BEGIN
      DELETE FROM unfinished_copies WHERE message_row = OLD.row;
    END;
    DROP INDEX messages_of_introduced;
    CREATE INDEX messages_of_introduced ON messages (from_address, disk_octets)
      WHERE introduced_by IS NOT NULL AND kind = 'mail' AND email_id IS NULL;
    CREATE INDEX unfinished_copies_together ON unfinished_copies (copying);
  `,
};
