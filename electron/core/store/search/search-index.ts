import type { SqlConnection } from '../sql/sql-connection';

/**
 * Makes the full-text row of a message from what the tables hold now; call it in the transaction that changed them.
 * Deletion clears the words themselves from the index (`secure-delete`).
 */
export function indexMessage(sql: SqlConnection, row: number): void {
  unindexMessage(sql, row);
  sql.run(
    `INSERT INTO messages_fts (rowid, subject, body, addresses, attachments)
     SELECT m.row, m.subject, b.text,
       m.from_address || ' ' || coalesce(m.typed_to, m.to_addresses) || ' ' || coalesce(m.typed_cc, m.cc_addresses) || ' '
         || coalesce(m.typed_bcc, m.bcc_addresses),
       coalesce((SELECT group_concat(a.filename, ' ') FROM attachments a WHERE a.message_row = m.row), '')
     FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.row = $row`,
    { row },
  );
}

export function unindexMessage(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM messages_fts WHERE rowid = $row', { row });
}
