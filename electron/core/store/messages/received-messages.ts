import type { NewReceived } from '../../ports/mail-records';
import type { MailStore } from '../../ports/mail-store';
import { insertAttachment } from './attachment-rows';
import type { GroupCommit } from '../sql/group-commit';
import { queueControlRow } from '../control/queue-control';
import { dropArrived } from '../custody/missing-mail';
import { indexMessage } from '../search/search-index';
import { toBlob } from '../sql/sql-connection';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { nextSequence } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

type Received = Awaited<ReturnType<MailStore['receive']>>;

/**
 * Keeps what arrived: message, text, attachments, wire copy and search words in one commit, shared with its neighbours.
 */
export function createReceive(parts: StoreParts, group: GroupCommit): MailStore['receive'] {
  return (message) => group.add((emit) => receive(parts, message, emit));
}

/** Whether a message of this sender with this Message-ID came before. */
export function hasReceived(sql: SqlConnection, by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean {
  const query = 'SELECT 1 AS one FROM seen_message_ids WHERE from_address = $from AND rfc_message_id = $rfcMessageId';
  return sql.get(query, { from: by.from, rfcMessageId: by.rfcMessageId }) !== undefined;
}

function receive(parts: StoreParts, message: NewReceived, emit: Emit): Received {
  const { sql, summaries } = parts;
  recordArrival(parts, message, emit);
  if (!noteAsSeen(sql, message)) return { outcome: 'duplicate' };
  const row = insertMessage(sql, message);
  sql.run('INSERT INTO bodies (message_row, text, html) VALUES ($row, $text, $html)', {
    row,
    text: message.text,
    html: message.html ?? null,
  });
  for (const attachment of message.attachments) insertAttachment(sql, row, attachment);
  sql.run('INSERT INTO wire_copies (message_row, is_raw, content) VALUES ($row, 1, $content)', {
    row,
    content: toBlob(message.raw),
  });
  indexMessage(sql, row);
  if (message.receipt) queueControlRow(sql, message.receipt);
  const summary = summaries.ofRow(row);
  emit({ type: 'message.stored', message: summary });
  return { outcome: 'stored', summary };
}

function recordArrival({ sql, identityId }: StoreParts, message: NewReceived, emit: Emit): void {
  const { arrivedFrom: contactId, rfcMessageId: messageId } = message;
  if (contactId !== undefined && dropArrived(sql, { contactId, messageId }))
    emit({ type: 'holding.changed', identityId });
}

/**
 * False when it was seen before. The pair stays known when the message is deleted, so that a late retry does not bring
 * it back.
 */
export function noteAsSeen(
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

function insertMessage(sql: SqlConnection, message: NewReceived): number {
  sql.run(INSERT_MESSAGE, {
    id: message.id,
    folder: message.folder,
    sequence: nextSequence(sql),
    rfcMessageId: message.rfcMessageId,
    threadId: message.threadId,
    inReplyTo: message.inReplyTo ?? null,
    references: JSON.stringify(message.references),
    from: message.from,
    to: JSON.stringify(message.to),
    cc: JSON.stringify(message.cc),
    bcc: JSON.stringify(message.bcc),
    subject: message.subject,
    preview: message.preview,
    date: message.date,
    storedAt: message.storedAt,
    attachmentCount: message.attachments.filter(({ inline }) => !inline).length,
    size: message.size,
    protection: message.protection,
    protectionReason: message.protectionReason,
    introducedBy: listOrNull(message.introducedBy),
    droppedAttachments: message.droppedAttachments ?? null,
  });
  return sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
}

function listOrNull(list: readonly string[] = []): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}

const INSERT_MESSAGE = `
  INSERT INTO messages (id, folder, sequence, rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses,
    cc_addresses, bcc_addresses, subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason,
    introduced_by, dropped_attachments)
  VALUES ($id, $folder, $sequence, $rfcMessageId, $threadId, $inReplyTo, $references, $from, $to,
    $cc, $bcc, $subject, $preview, $date, $storedAt, 0, $attachmentCount, $size, $protection, $protectionReason,
    $introducedBy, $droppedAttachments)`;
