import type { Migration } from '../../sql/migrations';

/** The mailbox of an address in `column`: its local part without the tag (PROTOCOL.md 1). */
const mailboxIn = (column: string): string => `
  CASE WHEN instr(${column}, '+') BETWEEN 2 AND instr(${column}, '@')
      AND substr(${column}, instr(${column}, '+') - 1, 1) <> '.'
    THEN substr(${column}, 1, instr(${column}, '+') - 1) || substr(${column}, instr(${column}, '@'))
    ELSE ${column} END`;

/**
 * Version 15: who wrote the message that names a Message-ID stands in the index, so that a conversation is found among
 * the letters of its own people, however many others name it. Who moved to which address is remembered; what introduced
 * people take on the disk is counted; and ids of mail from people who have become contacts are forgotten no more. The
 * writers are read into memory first: once for each message, and not for each of the names in it.
 */
export const writersMigration: Migration = {
  version: 15,
  weight: 18,
  statements: `
    CREATE TABLE names_of_writers (
      name TEXT NOT NULL,
      writer TEXT NOT NULL,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      PRIMARY KEY (name, writer, message_row)
    ) WITHOUT ROWID;
    CREATE TEMP TABLE writers_of_rows (row INTEGER PRIMARY KEY, writer TEXT NOT NULL);
    INSERT INTO writers_of_rows (row, writer)
      SELECT m.row, CASE WHEN m.protection = 'own' THEN 'own' ELSE ${mailboxIn('m.from_address')} END FROM messages m;
    INSERT INTO names_of_writers (name, writer, message_row)
      SELECT n.name, w.writer, n.message_row FROM named_ids n JOIN writers_of_rows w ON w.row = n.message_row;
    DROP TABLE writers_of_rows;
    DROP TABLE named_ids;
    ALTER TABLE names_of_writers RENAME TO named_ids;
    CREATE INDEX named_ids_by_message ON named_ids (message_row);
    CREATE TABLE moves (left_mailbox TEXT PRIMARY KEY, mailbox TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX moves_by_mailbox ON moves (mailbox);
    CREATE INDEX messages_of_introduced ON messages (from_address, disk_octets)
      WHERE introduced_by IS NOT NULL AND kind = 'mail';
    UPDATE seen_message_ids SET stranger_order = NULL
      WHERE stranger_order IS NOT NULL AND ${mailboxIn('from_address')} IN (SELECT address FROM contacts);
  `,
};
