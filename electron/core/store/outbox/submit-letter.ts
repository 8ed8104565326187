import type { MessageSummary } from '../../../../shared/message';
import type { NewLetter } from '../../ports/storage/mail-records';
import { specialRow } from '../mailboxes/mailbox-rows';
import { insertAttachment } from '../messages/attachment-rows';
import type { SqlConnection } from '../sql/sql-connection';
import { nextSequence, type StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { queueRow } from './submit-draft';

/** The letter with its text, files and deliveries: told as stored, since it was no draft before. */
export function submitLetter(parts: StoreParts, letter: NewLetter, emit: Emit): MessageSummary {
  const row = insert(parts.sql, letter);
  return queueRow(parts, { row, message: letter, event: 'message.stored' }, emit);
}

function insert(sql: SqlConnection, letter: NewLetter): number {
  const { attachments, text, html } = letter;
  sql.run(INSERT_LETTER, {
    id: letter.messageId,
    mailbox: specialRow('outbox'),
    sequence: nextSequence(sql),
    threadId: letter.threadId,
    from: letter.from,
    subject: letter.subject,
    preview: letter.preview,
    date: letter.date,
    attachmentCount: attachments.filter(({ contentId }) => contentId === undefined).length,
    size: attachments.reduce((sum, { content }) => sum + content.length, Buffer.byteLength(text)),
  });
  const row = sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
  sql.run('INSERT INTO bodies (message_row, text, html) VALUES ($row, $text, $html)', {
    row,
    text,
    html: html ?? null,
  });
  for (const attachment of attachments)
    insertAttachment(sql, row, { ...attachment, inline: attachment.contentId !== undefined });
  return row;
}

/** Who it is for is written when it is queued. */
const INSERT_LETTER = `
  INSERT INTO messages (id, mailbox, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject, preview,
    date, stored_at, seen, attachment_count, size, protection, protection_reason)
  VALUES ($id, $mailbox, $sequence, $threadId, $from, '[]', '[]', '[]', $subject, $preview,
    $date, $date, 1, $attachmentCount, $size, 'own', 'own')`;
