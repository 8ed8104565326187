import type { NewLetter } from '../../ports/storage/mail-records';
import { specialRow } from '../mailboxes/mailbox-rows';
import { insertAttachment } from '../messages/attachment-rows';
import type { SqlConnection } from '../sql/sql-connection';
import { nextSequence, type StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Submitted } from '../../ports/storage/outbox';
import { queueRow } from './submit-draft';
import { noteSubmission, submittedAs } from './submissions';

/**
 * The letter with its text, files and deliveries: told as stored, since it was no draft before. One whose program has
 * lost the answer is not queued again.
 */
export function submitLetter(parts: StoreParts, letter: NewLetter, emit: Emit): Submitted {
  const { sql } = parts;
  const { messageId, digest, date: now } = letter;
  const before = digest === undefined ? undefined : submittedAs(sql, { digest, now });
  if (before !== undefined) return { messageId: before, isNew: false };
  queueRow(parts, { row: insert(sql, letter), message: letter, event: 'message.stored' }, emit);
  if (digest !== undefined) noteSubmission(sql, { digest, now, id: messageId });
  return { messageId, isNew: true };
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
