import type { MailAddress } from '../../../../shared/ids';
import type { NewControl } from '../../ports/storage/custody-records';
import type { SqlConnection } from '../sql/sql-connection';
import { nextSequence } from '../sql/store-parts';
import { insertDeliveries } from '../outbox/submit-draft';

/**
 * Queues a control message in place of an earlier one with the same topic. Call it in the transaction of what it tells
 * of.
 */
export function queueControlRow(sql: SqlConnection, control: NewControl): void {
  sql.run(DROP_EARLIER, { topic: control.topic, recipient: control.to });
  insert(sql, control);
}

/** Whether a control message of this topic is still on its way to this recipient; a finished one is deleted. */
export function isControlQueued(
  sql: SqlConnection,
  about: { readonly to: MailAddress; readonly topic: string },
): boolean {
  return sql.get(SELECT_QUEUED, about) !== undefined;
}

const SELECT_QUEUED = `
  SELECT 1 AS found FROM parcels p JOIN deliveries d ON d.message_row = p.message_row
  WHERE p.note_topic = $topic AND d.recipient = $to LIMIT 1`;

/** A message that is being sent stays: the recipient may have its bytes already. */
const DROP_EARLIER = `
  DELETE FROM messages WHERE kind = 'note' AND row IN (
    SELECT p.message_row FROM parcels p JOIN deliveries d ON d.message_row = p.message_row
    WHERE p.note_topic = $topic AND d.recipient = $recipient AND d.state <> 'delivering')`;

function insert(sql: SqlConnection, o: NewControl): void {
  sql.run(INSERT_CONTROL, {
    id: o.messageId,
    sequence: nextSequence(sql),
    rfcMessageId: o.rfcMessageId,
    to: JSON.stringify([o.to]),
    subject: o.subject,
    date: o.date,
  });
  const row = sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
  sql.run('INSERT INTO bodies (message_row, text) VALUES ($row, $text)', { row, text: o.text });
  sql.run('INSERT INTO parcels (message_row, note, note_topic) VALUES ($row, $note, $topic)', {
    row,
    note: JSON.stringify(o.control),
    topic: o.topic,
  });
  insertDeliveries(sql, row, [{ id: o.deliveryId, recipient: o.to, state: 'waiting-for-tor', expiresAt: o.expiresAt }]);
}

const INSERT_CONTROL = `
  INSERT INTO messages (id, kind, sequence, rfc_message_id, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject, preview,
    date, stored_at, seen, attachment_count, size, protection, protection_reason)
  VALUES ($id, 'note', $sequence, $rfcMessageId, $rfcMessageId, '', $to, '[]', '[]', $subject, '',
    $date, $date, 1, 0, 0, 'own', 'own')`;
