import { randomUUID } from 'node:crypto';
import { PosthornError } from '../../../../shared/errors';
import { MessageId } from '../../../../shared/ids';
import type { Folder } from '../../../../shared/message';
import { takesMail } from '../../domain/mailboxes/mailbox-rules';
import type { CopiedUids, ServedMail } from '../../ports/storage/served-mail';
import { shareContent } from '../contents/keep-content';
import { requireDisk } from '../contents/require-disk';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import { nextSequence, type StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { copiedOctets } from './copied-octets';
import { serveStored, type Serving } from './serve-stored';

type Copying = Parameters<ServedMail['copy']>[0];
export type Placed = { row: number; uid: number; id: MessageId; folder: Folder | null; deleted: number };

/** Throws `mailbox-refused` for a mailbox that is not for mail that lies elsewhere. */
export function receivingRow(sql: SqlConnection, to: Copying['to'], also: readonly Folder[] = []): number {
  const row = mailboxRow(sql, to);
  const query = 'SELECT special_use AS use FROM mailboxes WHERE row = $row';
  const use = sql.get<{ use: Folder | null }>(query, { row })?.use ?? undefined;
  if (takesMail(use) || (use !== undefined && also.includes(use))) return row;
  throw new PosthornError('mailbox-refused', 'Messages cannot be put there. Nothing was changed.');
}

/** Messages of these UIDs, ascending. */
export function placedAt(sql: SqlConnection, o: Pick<Copying, 'mailbox' | 'uids'>): Placed[] {
  const query = `SELECT row, uid, id, folder, deleted FROM messages
    WHERE mailbox = $mailbox AND uid IN (SELECT value FROM json_each($uids)) ORDER BY uid`;
  return sql.all<Placed>(query, { mailbox: mailboxRow(sql, o.mailbox), uids: JSON.stringify(o.uids) });
}

export function uidOfRow(sql: SqlConnection, row: number): number {
  return sql.get<{ uid: number }>('SELECT uid FROM messages WHERE row = $row', { row })?.uid ?? 0;
}

/** Behind `SELECT` of summaries: those of `$rows`, as they arrived. */
export const OF_ROWS = 'WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.sequence';

/** UIDs of these rows, in their order. */
export function uidsOfRows(sql: SqlConnection, rows: readonly number[]): number[] {
  const query = 'SELECT row, uid FROM messages WHERE row IN (SELECT value FROM json_each($rows))';
  const found = sql.all<{ row: number; uid: number }>(query, { rows: JSON.stringify(rows) });
  const uids = new Map(found.map(({ row, uid }) => [row, uid]));
  return rows.map((row) => uids.get(row) ?? 0);
}

type Disk = { readonly freeDisk: () => number };

/**
 * Each copy is a message of its own with the same octets. It is delivered to nobody, whatever its original is. Throws
 * `disk-full` before anything is copied.
 */
export function copyMessages(parts: StoreParts & Serving & Disk, o: Copying, emit: Emit): CopiedUids {
  const { sql, summaries } = parts;
  const mailbox = receivingRow(sql, o.to);
  const from = placedAt(sql, o);
  for (const { row } of from)
    if (sql.get('SELECT 1 AS one FROM unserved WHERE message_row = $row', { row })) serveStored(parts, row);
  const octets = copiedOctets(
    sql,
    from.map(({ row }) => row),
  );
  requireDisk(
    parts.freeDisk(),
    [...octets.values()].reduce((sum, each) => sum + each, 0),
  );
  const copies = from.map(({ row }) => {
    const copy = copyRow(sql, { row, mailbox, octets: octets.get(row) ?? 0 });
    copyContents(sql, row, copy);
    return copy;
  });
  const rows = JSON.stringify(copies);
  if (o.part) noteCopies(sql, { ...o.part, rows });
  for (const message of summaries.select(OF_ROWS, { rows })) emit({ type: 'message.stored', message });
  return { from: from.map(({ uid }) => uid), to: uidsOfRows(sql, copies) };
}

type Noted = NonNullable<Copying['part']> & { readonly rows: string };

/** What is noted stays. */
export function keepCopies(sql: SqlConnection, copying: string): void {
  sql.run('DELETE FROM unfinished_copies WHERE copying = $copying', { copying });
}

/** What is noted is taken back by the next start (`unfinished-copies.ts`). */
export function noteCopies(sql: SqlConnection, { copying, isLast, rows }: Noted): void {
  if (isLast) keepCopies(sql, copying);
  else
    sql.run('INSERT INTO unfinished_copies (message_row, copying) SELECT value, $copying FROM json_each($rows)', {
      copying,
      rows,
    });
}

/** Columns that a copy has as its original has them. */
const SAME = `rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses, cc_addresses, bcc_addresses,
  subject, preview, date, stored_at, seen, flagged, answered, attachment_count, size, protection, protection_reason, answers_id,
  introduced_by, dropped_attachments, signer, deleted, draft, kind`;

/** `octets`: what it costs on the disk beside its original. */
function copyRow(
  sql: SqlConnection,
  { row, mailbox, octets }: { readonly row: number; readonly mailbox: number; readonly octets: number },
): number {
  sql.run(
    `INSERT INTO messages (id, mailbox, sequence, email_id, disk_octets, ${SAME})
     SELECT $id, $mailbox, $sequence, coalesce(email_id, id), $octets, ${SAME} FROM messages WHERE row = $row`,
    { row, mailbox, octets, id: MessageId.parse(randomUUID()), sequence: nextSequence(sql) },
  );
  return lastRow(sql);
}

const lastRow = (sql: SqlConnection): number => sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;

const SERVED = 'size, envelope, body_structure, body, entity';

function copyContents(sql: SqlConnection, row: number, copy: number): void {
  sql.run(
    'INSERT INTO bodies (message_row, text, html) SELECT $copy, text, html FROM bodies WHERE message_row = $row',
    {
      row,
      copy,
    },
  );
  copyAttachments(sql, row, copy);
  const copied = { row, copy };
  sql.run(
    `INSERT INTO served (message_row, ${SERVED}, fields) SELECT $copy, ${SERVED}, fields FROM served WHERE message_row = $row`,
    copied,
  );
  copyShared(sql, { table: 'served_octets', columns: 'segments, head', ...copied });
  sql.run(
    `INSERT INTO served_sealed (message_row, ${SERVED}) SELECT $copy, ${SERVED} FROM served_sealed WHERE message_row = $row`,
    copied,
  );
  copyShared(sql, { table: 'wire_copies', columns: 'is_raw', condition: 'AND is_raw = 1', ...copied });
  sql.run(
    'INSERT INTO keywords (message_row, keyword) SELECT $copy, keyword FROM keywords WHERE message_row = $row',
    copied,
  );
  sql.run(
    'INSERT INTO named_ids (name, writer, message_row) SELECT name, writer, $copy FROM named_ids WHERE message_row = $row',
    copied,
  );
}

type Shared = {
  readonly table: string;
  readonly columns: string;
  readonly condition?: string;
  readonly row: number;
  readonly copy: number;
};

/** Rows of one message that hold octets: small ones are copied, large ones are shared. */
function copyShared(sql: SqlConnection, { table, columns, condition = '', row, copy }: Shared): void {
  const found = sql.get<{ content: SqlValue }>(`SELECT content FROM ${table} WHERE message_row = $row ${condition}`, {
    row,
  });
  if (found === undefined) return;
  sql.run(
    `INSERT INTO ${table} (message_row, ${columns}, content)
     SELECT $copy, ${columns}, $content FROM ${table} WHERE message_row = $row ${condition}`,
    { row, copy, content: shareContent(sql, found.content) },
  );
}

type FileRow = { row: number; content: SqlValue };

/** In their order, by which segments name them. Words that were read in a file are not read again. */
function copyAttachments(sql: SqlConnection, row: number, copy: number): void {
  const files = sql.all<FileRow>(
    'SELECT a.row, c.content FROM attachments a JOIN attachment_contents c ON c.attachment_row = a.row WHERE a.message_row = $row ORDER BY a.row',
    { row },
  );
  for (const file of files) {
    sql.run(
      `INSERT INTO attachments (message_row, id, filename, content_type, content_id, inline, size)
       SELECT $copy, id, filename, content_type, content_id, inline, size FROM attachments WHERE row = $file`,
      { copy, file: file.row },
    );
    const made = lastRow(sql);
    sql.run('INSERT INTO attachment_contents (attachment_row, content) VALUES ($made, $content)', {
      made,
      content: shareContent(sql, file.content),
    });
    copyWords(sql, file.row, made);
  }
}

function copyWords(sql: SqlConnection, file: number, made: number): void {
  if (sql.get('SELECT 1 AS one FROM unread_attachments WHERE attachment_row = $file', { file }) !== undefined) return;
  sql.run('DELETE FROM unread_attachments WHERE attachment_row = $made', { made });
  sql.run(
    'INSERT INTO attachment_texts (attachment_row, text) SELECT $made, text FROM attachment_texts WHERE attachment_row = $file',
    { file, made },
  );
}
