import type { Migration } from '../../sql/migrations';

/**
 * Version 7: which Message-IDs a message names, its own among them (`namesOf`). A message that comes late finds by them
 * what belongs to it.
 */
export const conversationsMigration: Migration = {
  version: 7,
  statements: `
    CREATE TABLE named_ids (
      name TEXT NOT NULL,
      message_row INTEGER NOT NULL REFERENCES messages (row) ON DELETE CASCADE,
      PRIMARY KEY (name, message_row)
    ) WITHOUT ROWID;
    INSERT INTO named_ids (name, message_row)
      SELECT rfc_message_id, row FROM mail WHERE rfc_message_id IS NOT NULL
      UNION SELECT in_reply_to, row FROM mail WHERE in_reply_to IS NOT NULL
      UNION SELECT j.value, m.row FROM mail m, json_each(m.reference_ids) j
        WHERE j.key = 0 OR j.key >= json_array_length(m.reference_ids) - 9;
    CREATE INDEX named_ids_by_message ON named_ids (message_row);
  `,
};
