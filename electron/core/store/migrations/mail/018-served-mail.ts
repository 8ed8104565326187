import type { Migration } from '../../sql/migrations';

/** Rows of mailboxes that everybody has (migration 13). */
const REQUESTS = 2;
const DRAFTS = 3;
const OUTBOX = 4;

/** What a message was to other programs is it no longer. */
const FORGET = `
  DELETE FROM served WHERE message_row = NEW.row;
  DELETE FROM served_octets WHERE message_row = NEW.row;
  DELETE FROM served_sealed WHERE message_row = NEW.row;
  INSERT INTO unserved (message_row) SELECT NEW.row WHERE NOT EXISTS (SELECT 1 FROM unserved WHERE message_row = NEW.row);
  UPDATE messages SET email_id = lower(hex(randomblob(16))) WHERE row = NEW.row;`;

const unlink = (table: string): string => `
  CREATE TRIGGER ${table}_unlink AFTER DELETE ON ${table} WHEN typeof(OLD.content) IN ('integer', 'real')
    BEGIN UPDATE contents SET is_linked = is_linked - 1 WHERE row = OLD.content; END;`;

/**
 * Version 18: messages as other mail programs see them (docs/decisions/030-served-mail.md). `served` is what is told of
 * a message, so that a list reads no octets; `served_octets` what is told, without the octets of its attachments;
 * `served_sealed` what is told of its wire copy. A message that is not in `served` stands in `unserved`, and is put
 * there by triggers: no writer can forget it. What arrived before (`is_older`) is unsealed once more. A draft that is
 * saved anew or sent is another message to other programs. Copies share large contents: `is_linked` counts them.
 * Programs mark what they will delete, and what is a draft.
 */
export const servedMailMigration: Migration = {
  version: 18,
  weight: 4,
  statements: `
    ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN email_id TEXT;
    DROP INDEX messages_by_uid;
    CREATE INDEX messages_by_uid ON messages (mailbox, uid, modseq, seen, flagged, answered, deleted, draft, saved_at, size, id)
      WHERE uid IS NOT NULL;
    CREATE INDEX messages_deleted ON messages (mailbox, uid) WHERE deleted = 1 AND uid IS NOT NULL;

    CREATE TABLE served (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      size INTEGER NOT NULL,
      envelope TEXT NOT NULL,
      body_structure TEXT NOT NULL,
      body TEXT NOT NULL,
      entity TEXT NOT NULL,
      fields TEXT NOT NULL
    );
    CREATE INDEX served_sizes ON served (message_row, size);
    CREATE TABLE served_octets (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      segments TEXT NOT NULL,
      head BLOB,
      content BLOB
    );
    CREATE TABLE served_sealed (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      size INTEGER NOT NULL,
      envelope TEXT NOT NULL,
      body_structure TEXT NOT NULL,
      body TEXT NOT NULL,
      entity TEXT NOT NULL
    );
    CREATE TABLE unserved (
      message_row INTEGER PRIMARY KEY REFERENCES messages (row) ON DELETE CASCADE,
      is_older INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX unserved_now ON unserved (message_row) WHERE is_older = 0;
    CREATE INDEX unserved_older ON unserved (message_row) WHERE is_older = 1;
    INSERT INTO unserved (message_row, is_older)
      SELECT row, protection <> 'own' AND mailbox <> ${REQUESTS} FROM messages WHERE mailbox IS NOT NULL;
    CREATE TRIGGER message_unserved AFTER INSERT ON messages WHEN NEW.mailbox IS NOT NULL
      BEGIN INSERT INTO unserved (message_row) VALUES (NEW.row); END;
    CREATE TRIGGER message_served AFTER INSERT ON served
      BEGIN DELETE FROM unserved WHERE message_row = NEW.message_row; END;
    CREATE TRIGGER draft_served_anew AFTER UPDATE OF uid ON messages
      WHEN NEW.uid IS NULL AND OLD.uid IS NOT NULL AND NEW.mailbox = ${DRAFTS} AND OLD.mailbox = ${DRAFTS} BEGIN ${FORGET} END;
    CREATE TRIGGER sent_served_anew AFTER UPDATE OF mailbox ON messages
      WHEN OLD.mailbox = ${DRAFTS} AND NEW.mailbox = ${OUTBOX} BEGIN ${FORGET} END;

    DROP TRIGGER attachment_contents_unlink;
    DROP TRIGGER wire_copies_unlink;
    ${['attachment_contents', 'wire_copies', 'served_octets'].map(unlink).join('')}

    DROP TRIGGER message_flagged;
    CREATE TRIGGER message_flagged AFTER UPDATE OF seen, flagged, answered, deleted, draft ON messages
      WHEN NEW.mailbox = OLD.mailbox AND NEW.uid IS NOT NULL AND (NEW.seen, NEW.flagged, NEW.answered, NEW.deleted, NEW.draft)
        IS NOT (OLD.seen, OLD.flagged, OLD.answered, OLD.deleted, OLD.draft)
      BEGIN
        UPDATE counters SET value = value + 1 WHERE name = 'modseq';
        UPDATE messages SET modseq = (SELECT value FROM counters WHERE name = 'modseq') WHERE row = NEW.row;
        UPDATE mailboxes SET highest_modseq = (SELECT value FROM counters WHERE name = 'modseq'),
          unseen = unseen + (NEW.seen = 0) - (OLD.seen = 0) WHERE row = NEW.mailbox;
      END;
  `,
};
