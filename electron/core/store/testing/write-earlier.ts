import { randomUUID } from 'node:crypto';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { BOB } from './store-fixtures';

/** The last version whose messages lay in folders. */
export const earlierMigrations = mailMigrations.slice(
  0,
  mailMigrations.findIndex(({ statements }) => statements.includes('CREATE TABLE mailboxes')),
);
export const earlierFolders = ['inbox', 'inbox', 'archive', 'requests', 'trash', 'sent'] as const;

/** Mail as it lay before, in the order of arrival: each number has its folder, every third was not read. */
export function writeEarlier(o: { path: string; key: Uint8Array; messages: number }): void {
  const { path, key, messages } = o;
  const sql = openDatabase({ path, key, migrations: earlierMigrations, mode: 'create' });
  sql.exec('BEGIN');
  for (let number = 1; number <= messages; number += 1) {
    sql.run(
      `INSERT INTO messages (id, folder, sequence, rfc_message_id, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses,
         subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
       VALUES ($id, $folder, $number, $name, $id, $BOB, '[]', '[]', '[]', $name, $preview, $date, $number, $seen, 0, $number,
         'verified', 'ok')`,
      {
        id: randomUUID(),
        folder: earlierFolders[number % earlierFolders.length]!,
        number,
        name: `<${String(number)}@b>`,
        BOB,
        preview: 'x'.repeat(200),
        date: messages - number,
        seen: Number(number % 3 > 0),
      },
    );
    sql.run(`INSERT INTO bodies (message_row, text) VALUES (last_insert_rowid(), 'text')`);
  }
  sql.run(
    `INSERT INTO messages (id, kind, folder, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject,
       preview, date, stored_at, seen, attachment_count, size, protection, protection_reason)
     VALUES ($id, 'note', 'outbox', $number, 'n', '', '[]', '[]', '[]', '', '', 1, 1, 1, 0, 0, 'own', 'own')`,
    { id: randomUUID(), number: messages + 1 },
  );
  sql.run(`UPDATE counters SET value = $last WHERE name = 'sequence'`, { last: messages + 1 });
  sql.exec('COMMIT');
  sql.close();
}
