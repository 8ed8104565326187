import type { NewReceived } from '../../ports/storage/mail-records';
import type { SqlConnection } from '../sql/sql-connection';

/** Whether a message of this sender with this Message-ID came before. */
export function hasReceived(sql: SqlConnection, by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean {
  const query = 'SELECT 1 AS one FROM seen_message_ids WHERE from_address = $from AND rfc_message_id = $rfcMessageId';
  return sql.get(query, { from: by.from, rfcMessageId: by.rfcMessageId }) !== undefined;
}

/**
 * False when the message was seen before. The pair stays known when the message is deleted, so that a late retry does
 * not bring it back.
 */
export function recordAsSeen(
  sql: SqlConnection,
  { from, rfcMessageId }: Pick<NewReceived, 'from' | 'rfcMessageId'>,
): boolean {
  return (
    sql.run(
      'INSERT INTO seen_message_ids (from_address, rfc_message_id) VALUES ($from, $rfcMessageId) ON CONFLICT DO NOTHING',
      { from, rfcMessageId },
    ) === 1
  );
}
