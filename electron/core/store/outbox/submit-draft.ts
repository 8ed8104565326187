import type { MessageId } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import type { NewSubmitted } from '../../ports/storage/mail-records';
import { deliveryRow } from '../messages/delivery-rows';
import { recordHistory } from '../messages/message-history';
import { specialRow } from '../mailboxes/mailbox-rows';
import { recordNames } from '../conversations/join-conversations';
import { indexUnlessLong } from '../search/search-index';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { nextSequence, placeOf } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

/**
 * The draft's row becomes the queued message, newest in the order of messages, with one delivery for each recipient.
 * What it answers counts as answered from here. Throws `message-unknown` when there is no such draft.
 */
export function submitDraft(parts: StoreParts, message: NewSubmitted, emit: Emit): MessageSummary {
  const { row } = placeOf(parts.sql, message.messageId, ['drafts']);
  keepWhatIsShown(parts.sql, row);
  return queueRow(parts, { row, message, event: 'message.changed' }, emit);
}

/**
 * The window shows the text of a draft and its files. The page of one that another program has put here leaves with no
 * letter, nor do the names by which it shows files: they tell of program and machine.
 */
function keepWhatIsShown(sql: SqlConnection, row: number): void {
  sql.run('UPDATE bodies SET html = NULL WHERE message_row = $row AND html IS NOT NULL', { row });
  const named = 'message_row = $row AND (content_id IS NOT NULL OR inline = 1)';
  sql.run(`UPDATE attachments SET content_id = NULL, inline = 0 WHERE ${named}`, { row });
  sql.run(
    'UPDATE messages SET attachment_count = (SELECT count(*) FROM attachments WHERE message_row = $row) WHERE row = $row',
    { row },
  );
}

/** The row becomes a queued message. `event`: what is told of it. */
export function queueRow(
  { sql, summaries }: StoreParts,
  { row, message, event }: { row: number; message: NewSubmitted; event: 'message.stored' | 'message.changed' },
  emit: Emit,
): MessageSummary {
  const answered = message.answers === undefined ? undefined : markAnswered(sql, message.answers);
  toOutbox(sql, row, message);
  insertDeliveries(sql, row, message.deliveries);
  recordQueued(sql, message);
  recordNames(sql, row, message);
  indexUnlessLong(sql, row);
  const summary = summaries.ofRow(row);
  emit({ type: event, message: summary });
  for (const delivery of summary.deliveries) emit({ type: 'delivery.changed', delivery });
  if (answered !== undefined) emit({ type: 'message.changed', message: summaries.ofRow(answered) });
  return summary;
}

/** The row that was not answered before, if any. */
function markAnswered(sql: SqlConnection, id: MessageId): number | undefined {
  const before = sql.get<{ row: number }>('SELECT row FROM mail WHERE id = $id AND answered = 0', { id });
  if (before === undefined) return undefined;
  sql.run('UPDATE messages SET answered = 1 WHERE row = $row', { row: before.row });
  return before.row;
}

function toOutbox(sql: SqlConnection, row: number, message: NewSubmitted): void {
  sql.run(
    `UPDATE messages SET mailbox = $mailbox, sequence = $sequence, rfc_message_id = $rfcMessageId, thread_id = $threadId,
       in_reply_to = $inReplyTo, reference_ids = $references, to_addresses = $to, cc_addresses = $cc, bcc_addresses = $bcc,
       preview = $preview, date = $date, stored_at = $date, seen = 1, typed_to = NULL, typed_cc = NULL, typed_bcc = NULL
     WHERE row = $row`,
    {
      row,
      mailbox: specialRow('outbox'),
      sequence: nextSequence(sql),
      rfcMessageId: message.rfcMessageId,
      threadId: message.threadId,
      inReplyTo: message.inReplyTo ?? null,
      references: JSON.stringify(message.references),
      to: JSON.stringify(message.to),
      cc: JSON.stringify(message.cc),
      bcc: JSON.stringify(message.bcc),
      preview: message.preview,
      date: message.date,
    },
  );
}

function recordQueued(sql: SqlConnection, { deliveries, date }: NewSubmitted): void {
  for (const { id } of deliveries) recordHistory(sql, deliveryRow(sql, id), { kind: 'queued', at: date });
}

/** Each untried. */
export function insertDeliveries(sql: SqlConnection, row: number, deliveries: NewSubmitted['deliveries']): void {
  for (const { id, recipient, state, expiresAt } of deliveries) {
    sql.run(
      `INSERT INTO deliveries (message_row, id, recipient, state, reason, attempts, expires_at)
       VALUES ($row, $id, $recipient, $state, 'none', 0, $expiresAt)`,
      { row, id, recipient, state, expiresAt },
    );
  }
}
