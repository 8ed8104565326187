import { MAX_EXPUNGED_KEPT } from '../../../domain/limits';
import type { Migration } from '../../sql/migrations';

/** A random UUID (version 4), as the program makes them. */
const UUID = `lower(printf('%s-%s-4%s-%s%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2),
  substr('89ab', 1 + abs(random() % 4), 1), substr(hex(randomblob(2)), 2), hex(randomblob(6))))`;

/** Rows of mailboxes that everybody has never change: `SPECIAL_ROWS` of the store, and the column `folder`. */
const SPECIAL = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'];
const row = (name: string): number => SPECIAL.indexOf(name) + 1;
const title = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

const NEXT_MODSEQ = `UPDATE counters SET value = value + 1 WHERE name = 'modseq';`;
const MODSEQ = `(SELECT value FROM counters WHERE name = 'modseq')`;

/** Gives a message the next UID of its mailbox, which then counts it. */
const TAKE_UID = `
  ${NEXT_MODSEQ}
  UPDATE messages SET uid = (SELECT uid_next FROM mailboxes WHERE row = NEW.mailbox), modseq = ${MODSEQ},
    saved_at = unixepoch() * 1000 WHERE row = NEW.row;
  UPDATE mailboxes SET uid_next = uid_next + 1, highest_modseq = ${MODSEQ}, messages = messages + 1,
    unseen = unseen + (NEW.seen = 0), octets = octets + NEW.size WHERE row = NEW.mailbox;`;

/** Remembers that the UID is gone from its mailbox, which counts the message no longer. */
const GIVE_UP_UID = `
  ${NEXT_MODSEQ}
  INSERT INTO expunged (mailbox, uid, modseq) VALUES (OLD.mailbox, OLD.uid, ${MODSEQ});
  UPDATE mailboxes SET highest_modseq = ${MODSEQ}, expunged = expunged + 1, messages = messages - 1,
    unseen = unseen - (OLD.seen = 0), octets = octets - OLD.size WHERE row = OLD.mailbox;`;

/** The message of this row has another MODSEQ from now on, and so has its mailbox. */
const touch = (message: string): string => `
  ${NEXT_MODSEQ}
  UPDATE messages SET modseq = ${MODSEQ} WHERE row = ${message} AND uid IS NOT NULL;
  UPDATE mailboxes SET highest_modseq = ${MODSEQ} WHERE row = (SELECT mailbox FROM messages WHERE row = ${message});`;

const TABLES = `
  INSERT INTO counters (name, value) SELECT 'modseq', value + 1 FROM counters WHERE name = 'sequence';
  INSERT INTO counters (name, value) VALUES ('uid_validity', unixepoch());

  CREATE TABLE mailboxes (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES mailboxes (row) ON DELETE RESTRICT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    special_use TEXT UNIQUE,
    uid_validity INTEGER NOT NULL,
    uid_next INTEGER NOT NULL DEFAULT 1,
    highest_modseq INTEGER NOT NULL DEFAULT 1,
    forgotten_modseq INTEGER NOT NULL DEFAULT 0,
    expunged INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    unseen INTEGER NOT NULL DEFAULT 0,
    octets INTEGER NOT NULL DEFAULT 0
  );
  CREATE UNIQUE INDEX mailboxes_by_name ON mailboxes (coalesce(parent, 0), folded_name);
  CREATE INDEX mailboxes_by_parent ON mailboxes (parent);
  ${SPECIAL.map(
    (name) => `INSERT INTO mailboxes (row, id, name, folded_name, special_use, uid_validity)
      VALUES (${row(name)}, ${UUID}, '${title(name)}', '${name}', '${name}', unixepoch());`,
  ).join('\n')}

  CREATE TABLE expunged (
    mailbox INTEGER NOT NULL REFERENCES mailboxes (row) ON DELETE CASCADE,
    uid INTEGER NOT NULL,
    modseq INTEGER NOT NULL,
    PRIMARY KEY (mailbox, modseq)
  ) WITHOUT ROWID;

  CREATE TABLE keywords (
    message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
    keyword TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (message_row, keyword)
  ) WITHOUT ROWID;
  CREATE INDEX keywords_by_name ON keywords (keyword, message_row);
  CREATE TABLE tags (
    keyword TEXT PRIMARY KEY COLLATE NOCASE,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    colour TEXT NOT NULL,
    place INTEGER NOT NULL
  ) WITHOUT ROWID;`;

/**
 * UIDs are the order of arrival, which has gaps in each mailbox, as UIDs may. `folder` becomes what the mailbox is for:
 * NULL in one of the person's own.
 */
const FILL = `
  ALTER TABLE messages ADD COLUMN mailbox INTEGER REFERENCES mailboxes (row);
  ALTER TABLE messages ADD COLUMN uid INTEGER;
  ALTER TABLE messages ADD COLUMN modseq INTEGER;
  ALTER TABLE messages ADD COLUMN saved_at INTEGER;
  DROP INDEX messages_by_folder;
  DROP INDEX messages_unseen;
  DROP INDEX messages_by_sender;
  DROP INDEX messages_in_requests;
  UPDATE messages SET mailbox = CASE folder ${SPECIAL.map((name) => `WHEN '${name}' THEN ${row(name)}`).join(' ')} END,
    uid = sequence, modseq = sequence, saved_at = stored_at WHERE kind = 'mail';
  UPDATE mailboxes SET messages = n.messages, unseen = n.unseen, octets = n.octets, uid_next = n.modseq + 1,
    highest_modseq = n.modseq FROM (
      SELECT mailbox, count(*) AS messages, sum(seen = 0) AS unseen, sum(size) AS octets, max(modseq) AS modseq
      FROM messages WHERE mailbox IS NOT NULL GROUP BY mailbox
    ) n WHERE n.mailbox = mailboxes.row;
  ALTER TABLE messages DROP COLUMN folder;
  ALTER TABLE messages ADD COLUMN folder TEXT AS (CASE WHEN kind = 'note' THEN 'outbox' ELSE CASE mailbox
    ${SPECIAL.map((name) => `WHEN ${row(name)} THEN '${name}'`).join(' ')} END END) VIRTUAL;
  CREATE INDEX messages_by_folder ON messages (mailbox, ordered_at, sequence);
  CREATE INDEX messages_unseen ON messages (mailbox, sequence) WHERE seen = 0 AND kind = 'mail';
  CREATE INDEX messages_by_sender ON messages (from_address, mailbox, sequence);
  CREATE INDEX messages_in_requests ON messages (disk_octets) WHERE mailbox = ${row('requests')};
  CREATE INDEX messages_by_uid ON messages (mailbox, uid) WHERE uid IS NOT NULL;
  CREATE INDEX messages_by_modseq ON messages (mailbox, modseq) WHERE uid IS NOT NULL;`;

const TRIGGERS = `
  CREATE TRIGGER message_needs_mailbox BEFORE INSERT ON messages WHEN (NEW.kind = 'mail') <> (NEW.mailbox IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'mail is in one mailbox, a control message in none'); END;
  CREATE TRIGGER message_stored AFTER INSERT ON messages WHEN NEW.mailbox IS NOT NULL BEGIN ${TAKE_UID} END;
  CREATE TRIGGER message_moved AFTER UPDATE OF mailbox ON messages WHEN NEW.mailbox IS NOT OLD.mailbox
    BEGIN ${GIVE_UP_UID} ${TAKE_UID} END;
  CREATE TRIGGER message_anew AFTER UPDATE OF uid ON messages
    WHEN NEW.uid IS NULL AND OLD.uid IS NOT NULL AND NEW.mailbox = OLD.mailbox BEGIN ${GIVE_UP_UID} ${TAKE_UID} END;
  CREATE TRIGGER message_deleted AFTER DELETE ON messages WHEN OLD.mailbox IS NOT NULL BEGIN ${GIVE_UP_UID} END;
  CREATE TRIGGER message_flagged AFTER UPDATE OF seen, flagged, answered ON messages
    WHEN NEW.mailbox = OLD.mailbox AND NEW.uid IS NOT NULL
      AND (NEW.seen <> OLD.seen OR NEW.flagged <> OLD.flagged OR NEW.answered <> OLD.answered)
    BEGIN
      ${touch('NEW.row')}
      UPDATE mailboxes SET unseen = unseen + (NEW.seen = 0) - (OLD.seen = 0) WHERE row = NEW.mailbox;
    END;
  CREATE TRIGGER message_resized AFTER UPDATE OF size ON messages
    WHEN NEW.mailbox = OLD.mailbox AND NEW.uid IS NOT NULL AND NEW.size <> OLD.size
    BEGIN UPDATE mailboxes SET octets = octets + NEW.size - OLD.size WHERE row = NEW.mailbox; END;
  CREATE TRIGGER keyword_set AFTER INSERT ON keywords BEGIN ${touch('NEW.message_row')} END;
  CREATE TRIGGER keyword_removed AFTER DELETE ON keywords BEGIN ${touch('OLD.message_row')} END;
  CREATE TRIGGER mailbox_made AFTER INSERT ON mailboxes
    BEGIN ${NEXT_MODSEQ} UPDATE mailboxes SET highest_modseq = ${MODSEQ} WHERE row = NEW.row; END;
  CREATE TRIGGER mailbox_placed AFTER UPDATE OF name, parent ON mailboxes
    BEGIN ${NEXT_MODSEQ} UPDATE mailboxes SET highest_modseq = ${MODSEQ} WHERE row = NEW.row; END;
  CREATE TRIGGER expunged_forgotten AFTER UPDATE OF expunged ON mailboxes WHEN NEW.expunged > ${MAX_EXPUNGED_KEPT}
    BEGIN
      UPDATE mailboxes SET expunged = ${MAX_EXPUNGED_KEPT / 2}, forgotten_modseq = (
        SELECT modseq FROM expunged WHERE mailbox = NEW.row ORDER BY modseq DESC LIMIT 1 OFFSET ${MAX_EXPUNGED_KEPT / 2}
      ) WHERE row = NEW.row;
      DELETE FROM expunged WHERE mailbox = NEW.row
        AND modseq <= (SELECT forgotten_modseq FROM mailboxes WHERE row = NEW.row);
    END;`;

/**
 * Version 13: mailboxes, with all that IMAP reads of them (docs/decisions/026-mailboxes.md). UIDs, MODSEQs and counts
 * are kept by triggers, so that no statement of the program can forget them. A message whose `uid` is set to NULL gets
 * a new one: an old draft with another text is another message to IMAP.
 */
export const mailboxesMigration: Migration = { version: 13, weight: 35, statements: `${TABLES} ${FILL} ${TRIGGERS}` };
