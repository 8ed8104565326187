import { MAX_SEEN_OF_STRANGERS } from '../../domain/limits';
import type { MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { NewReceived } from '../../ports/storage/mail-records';
import type { SqlConnection } from '../sql/sql-connection';

/** Whether a message of this sender with this Message-ID came before. */
export function hasReceived(sql: SqlConnection, by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean {
  const query = 'SELECT 1 AS one FROM seen_message_ids WHERE from_address = $from AND rfc_message_id = $rfcMessageId';
  return sql.get(query, { from: by.from, rfcMessageId: by.rfcMessageId }) !== undefined;
}

/**
 * False when the message was seen before. The pair stays known when the message is deleted, so that a late retry does
 * not bring it back. Of strangers' mail the oldest are forgotten in the end: nobody else bounds them.
 */
export function recordAsSeen(
  sql: SqlConnection,
  o: Pick<NewReceived, 'from' | 'rfcMessageId'> & { readonly isStranger?: boolean },
): boolean {
  const order = o.isStranger === true ? newestOrder(sql) + 1 : null;
  const isNew = sql.run(
    'INSERT INTO seen_message_ids (from_address, rfc_message_id, stranger_order) VALUES ($from, $rfcMessageId, $order) ON CONFLICT DO NOTHING',
    { from: o.from, rfcMessageId: o.rfcMessageId, order },
  );
  if (order !== null)
    sql.run('DELETE FROM seen_message_ids WHERE stranger_order <= $last', { last: order - MAX_SEEN_OF_STRANGERS });
  return isNew === 1;
}

/** The owner of this mailbox is no stranger any more: no stranger's mail makes theirs forgotten. */
export function rememberSeenFrom(sql: SqlConnection, mailbox: MailAddress): void {
  const query =
    'SELECT DISTINCT from_address FROM seen_message_ids WHERE stranger_order IS NOT NULL AND from_address >= $first AND from_address < $last';
  const local = mailbox.slice(0, mailbox.lastIndexOf('@'));
  // Every tag of it: `+` and `@` follow the local part.
  const found = sql.all<{ from_address: MailAddress }>(query, { first: `${local}+`, last: `${local}A` });
  for (const { from_address: from } of found.filter((row) => mailboxOf(row.from_address) === mailbox))
    sql.run('UPDATE seen_message_ids SET stranger_order = NULL WHERE from_address = $from', { from });
}

function newestOrder(sql: SqlConnection): number {
  const query = 'SELECT max(stranger_order) AS newest FROM seen_message_ids WHERE stranger_order IS NOT NULL';
  return sql.get<{ newest: number | null }>(query)?.newest ?? 0;
}
