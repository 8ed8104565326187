import type { PeerNote } from '../../../../shared/peer-note';
import type { NewNote } from '../../ports/custody-store';
import type { SqlConnection } from '../sql/sql-connection';
import { nextSequence } from '../sql/store-parts';
import { insertDeliveries } from '../outbox/submit-draft';

/** Queues a note in place of an earlier one about the same. Call it in the transaction of what it tells of. */
export function queueNote(sql: SqlConnection, note: NewNote): void {
  sql.run(DROP_EARLIER, { topic: topicOf(note.note), recipient: note.to });
  insert(sql, note);
}

/** What a note is about: of two with one topic to one person only the newer is worth sending. */
export function topicOf(note: PeerNote): string {
  if (note.kind === 'hold.ask') return `${note.kind} ${note.agreement.id}`;
  if ('agreementId' in note) return `${note.kind} ${note.agreementId}`;
  if ('messageId' in note) return `${note.kind} ${note.messageId}`;
  return 'messageIds' in note ? [note.kind, ...note.messageIds].join(' ') : note.kind;
}

/** One that is being sent is left: its bytes may be there already. */
const DROP_EARLIER = `
  DELETE FROM messages WHERE kind = 'note' AND row IN (
    SELECT p.message_row FROM parcels p JOIN deliveries d ON d.message_row = p.message_row
    WHERE p.note_topic = $topic AND d.recipient = $recipient AND d.state <> 'delivering')`;

function insert(sql: SqlConnection, o: NewNote): void {
  sql.run(INSERT_NOTE, {
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
    note: JSON.stringify(o.note),
    topic: topicOf(o.note),
  });
  insertDeliveries(sql, row, [{ id: o.deliveryId, recipient: o.to, state: 'waiting-for-tor', expiresAt: o.expiresAt }]);
}

const INSERT_NOTE = `
  INSERT INTO messages (id, kind, folder, sequence, rfc_message_id, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject, preview,
    date, stored_at, seen, attachment_count, size, protection, protection_reason)
  VALUES ($id, 'note', 'outbox', $sequence, $rfcMessageId, $rfcMessageId, '', $to, '[]', '[]', $subject, '',
    $date, $date, 1, 0, 0, 'own', 'own')`;
