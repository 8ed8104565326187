import type { Migration } from '../../sql/migrations';

/** Notes a message for the index when it is one that people see. OR IGNORE would give way to the statement around. */
const noted = (rows: string): string => `
  INSERT INTO unindexed (message_row) SELECT m.row FROM mail m WHERE m.row IN (${rows})
    AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.message_row = m.row);`;

/**
 * Version 14: the index stands in the order of writing (`search_rows.key`: the time of writing in milliseconds, times
 * 1,024, and a number among those of one time), so that the newest with a word are read without the others, and knows
 * sender, recipients and files apart. Prefixes of one and two characters have lists of their own. Triggers note what
 * has changed in `unindexed` and clear what is deleted: no writer can forget the index. What was indexed before stays
 * in `search_words` until its turn comes.
 */
export const searchIndexMigration: Migration = {
  version: 14,
  weight: 12,
  statements: `
    CREATE TABLE search_rows (
      key INTEGER PRIMARY KEY,
      message_row INTEGER NOT NULL UNIQUE REFERENCES messages (row) ON DELETE CASCADE
    );
    INSERT INTO search_rows (key, message_row)
      SELECT place + max(written * 1024 - place) OVER (ORDER BY place), row FROM (
        SELECT row, min(max(ordered_at, 0), 8000000000000) AS written,
          row_number() OVER (ORDER BY min(max(ordered_at, 0), 8000000000000), sequence) AS place
        FROM mail);
    CREATE VIRTUAL TABLE search_index USING fts5 (
      subject, body, sender, recipients, copies, files, contents, tokenize = 'ascii', prefix = '1 2'
    );
    INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

    CREATE TABLE attachment_texts (
      attachment_row INTEGER PRIMARY KEY REFERENCES attachments (row) ON DELETE CASCADE,
      text TEXT NOT NULL
    );
    CREATE TABLE unread_attachments (attachment_row INTEGER PRIMARY KEY REFERENCES attachments (row) ON DELETE CASCADE);
    INSERT INTO unread_attachments (attachment_row) SELECT a.row FROM attachments a JOIN mail m ON m.row = a.message_row;

    INSERT OR IGNORE INTO unindexed (message_row) SELECT row FROM mail;
    CREATE TRIGGER index_changed_message
      AFTER UPDATE OF kind, subject, from_address, to_addresses, cc_addresses, bcc_addresses, typed_to, typed_cc, typed_bcc, date,
        stored_at, protection ON messages
      BEGIN ${noted('NEW.row')} END;
    CREATE TRIGGER index_new_text AFTER INSERT ON bodies BEGIN ${noted('NEW.message_row')} END;
    CREATE TRIGGER index_changed_text AFTER UPDATE OF text ON bodies BEGIN ${noted('NEW.message_row')} END;
    CREATE TRIGGER index_new_attachment AFTER INSERT ON attachments BEGIN
      ${noted('NEW.message_row')}
      INSERT INTO unread_attachments (attachment_row) SELECT NEW.row FROM mail m WHERE m.row = NEW.message_row;
    END;
    CREATE TRIGGER index_changed_attachment AFTER UPDATE OF filename ON attachments BEGIN ${noted('NEW.message_row')} END;
    CREATE TRIGGER index_removed_attachment AFTER DELETE ON attachments BEGIN ${noted('OLD.message_row')} END;
    CREATE TRIGGER index_attachment_text AFTER INSERT ON attachment_texts
      BEGIN ${noted('SELECT message_row FROM attachments WHERE row = NEW.attachment_row')} END;
    CREATE TRIGGER clear_index BEFORE DELETE ON messages BEGIN
      DELETE FROM search_index WHERE rowid = (SELECT key FROM search_rows WHERE message_row = OLD.row);
      DELETE FROM search_words WHERE rowid = OLD.row;
      DELETE FROM messages_fts WHERE rowid = OLD.row;
    END;

    CREATE INDEX messages_flagged ON messages (ordered_at) WHERE flagged = 1 AND kind = 'mail';
    CREATE INDEX messages_answered ON messages (ordered_at) WHERE answered = 1 AND kind = 'mail';
    CREATE INDEX messages_with_files ON messages (ordered_at) WHERE attachment_count > 0 AND kind = 'mail';
    CREATE INDEX messages_by_protection ON messages (protection, ordered_at) WHERE kind = 'mail';

    CREATE TABLE saved_searches (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      text TEXT NOT NULL
    );
  `,
};
