import { CONTENT_PIECE_BYTES } from '../../domain/limits';
import type { ClientMail, NewAppended } from '../../ports/storage/client-mail';
import type { Content } from '../../ports/storage/contents';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import { joinConversations, recordNames } from '../conversations/join-conversations';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import { insertAttachment, type NewAttachment } from '../messages/attachment-rows';
import { indexUnlessLong } from '../search/search-index';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import { nextSequence, type StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

type Appending = Omit<NewAppended, 'raw' | 'attachments'> & {
  readonly raw: Content;
  readonly attachments: readonly NewAttachment[];
};

/** Keeps a message in one commit; large octets are staged before it. */
export function createAppend(
  parts: StoreParts & { readonly contents: Pick<StoredContents, 'stageAll'> },
): ClientMail['append'] {
  const add = (message: Appending): number => parts.writer.write((emit) => append(parts, message, emit));
  return async (message) => {
    const files = message.attachments.map(({ content }) => content);
    if (files.reduce((sum, { length }) => sum + length, message.raw.length) <= CONTENT_PIECE_BYTES) return add(message);
    return parts.contents.stageAll([message.raw, ...files], ([raw = message.raw, ...staged]) =>
      add({
        ...message,
        raw,
        attachments: message.attachments.map((file, index) => ({ ...file, content: staged[index] ?? file.content })),
      }),
    );
  };
}

function append(parts: StoreParts, message: Appending, emit: Emit): number {
  const { sql, summaries } = parts;
  const row = insertMessage(sql, message);
  sql.run('INSERT INTO bodies (message_row, text, html) VALUES ($row, $text, $html)', {
    row,
    text: message.text,
    html: message.html ?? null,
  });
  for (const attachment of message.attachments) insertAttachment(sql, row, attachment);
  sql.run('INSERT INTO wire_copies (message_row, is_raw, content) VALUES ($row, 1, $content)', {
    row,
    content: keepContent(sql, message.raw),
  });
  insertPeople(sql, row, message);
  for (const keyword of message.flags.filter((flag) => !flag.startsWith('\\')))
    sql.run('INSERT INTO keywords (message_row, keyword) VALUES ($row, $keyword) ON CONFLICT DO NOTHING', {
      row,
      keyword,
    });
  indexUnlessLong(sql, row);
  if (message.messageId !== undefined) recordNames(sql, row, { ...message, rfcMessageId: message.messageId });
  joinConversations(parts, row, emit);
  emit({ type: 'message.stored', message: summaries.ofRow(row) });
  return sql.get<{ uid: number }>('SELECT uid FROM messages WHERE row = $row', { row })?.uid ?? 0;
}

function insertPeople(sql: SqlConnection, row: number, { written }: Appending): void {
  const lists = Object.entries(written).map(([name, texts]) => [name, JSON.stringify(texts)]);
  const query = `INSERT INTO appended_people (message_row, from_texts, to_texts, cc_texts, bcc_texts)
    VALUES ($row, $from, $to, $cc, $bcc)`;
  sql.run(query, { row, ...(Object.fromEntries(lists) as Record<keyof typeof written, string>) });
}

function insertMessage(sql: SqlConnection, message: Appending): number {
  const octets = message.attachments.reduce((sum, { content }) => sum + content.length, message.raw.length);
  sql.run(INSERT_MESSAGE, {
    ...flagsIn(message),
    id: message.id,
    mailbox: mailboxRow(sql, message.mailbox),
    sequence: nextSequence(sql),
    rfcMessageId: message.messageId ?? null,
    // A conversation of its own, until `joinConversations` finds another.
    threadId: message.id,
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
    size: message.raw.length,
    octets,
  });
  return sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
}

function flagsIn({ flags }: Appending): SqlParameters {
  const has = (flag: string): number => Number(flags.includes(flag));
  return {
    seen: has('\\Seen'),
    flagged: has('\\Flagged'),
    answered: has('\\Answered'),
    deleted: has('\\Deleted'),
    draft: has('\\Draft'),
  };
}

const INSERT_MESSAGE = `
  INSERT INTO messages (id, mailbox, sequence, rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses,
    cc_addresses, bcc_addresses, subject, preview, date, stored_at, seen, flagged, answered, deleted, draft, attachment_count, size,
    disk_octets, protection, protection_reason)
  VALUES ($id, $mailbox, $sequence, $rfcMessageId, $threadId, $inReplyTo, $references, $from, $to,
    $cc, $bcc, $subject, $preview, $date, $storedAt, $seen, $flagged, $answered, $deleted, $draft, $attachmentCount, $size,
    $octets, 'unverified', 'appended')`;
