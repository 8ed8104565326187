import type { AttachmentId } from '../../../../shared/ids';
import type { AttachmentSummary } from '../../../../shared/message';
import { PosthornError } from '../../../../shared/errors';
import type { IncomingAttachment, OutgoingAttachment } from '../../ports/mime';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import { unknownMessage } from '../sql/store-error';
import type { Content } from '../../ports/storage/contents';

type AttachmentRow = {
  id: AttachmentId;
  filename: string;
  content_type: string;
  content_id: string | null;
  inline: number;
  size: number;
};

type ContentRow = { filename: string; content_type: string; content_id: string | null; content: SqlValue };

/** What arrives or is attached, its octets as they are or staged. */
export type NewAttachment = Omit<IncomingAttachment, 'content'> & {
  readonly id: AttachmentId;
  readonly content: Content;
};

export function insertAttachment(sql: SqlConnection, messageRow: number, attachment: NewAttachment): void {
  const content = keepContent(sql, attachment.content);
  sql.run(
    `INSERT INTO attachments (message_row, id, filename, content_type, content_id, inline, size)
     VALUES ($messageRow, $id, $filename, $contentType, $contentId, $inline, $size)`,
    {
      messageRow,
      id: attachment.id,
      filename: attachment.filename,
      contentType: attachment.contentType,
      contentId: attachment.contentId ?? null,
      inline: Number(attachment.inline),
      size: attachment.content.length,
    },
  );
  sql.run('INSERT INTO attachment_contents (attachment_row, content) VALUES (last_insert_rowid(), $content)', {
    content,
  });
}

/** In the order in which they were added; contents are not read. */
export function attachmentsOf(sql: SqlConnection, messageRow: number): AttachmentSummary[] {
  const query =
    'SELECT id, filename, content_type, content_id, inline, size FROM attachments WHERE message_row = $messageRow ORDER BY row';
  return sql.all<AttachmentRow>(query, { messageRow }).map((row) => ({
    id: row.id,
    filename: row.filename,
    contentType: row.content_type,
    size: row.size,
    ...(row.content_id === null ? {} : { contentId: row.content_id }),
    inline: row.inline === 1,
  }));
}

type Reading = { readonly sql: SqlConnection; readonly contents: Pick<StoredContents, 'read'> };

/**
 * All attachments with their contents, for sealing: one at a time. Throws `message-unknown` when one is gone
 * meanwhile.
 */
export async function attachmentContentsOf(reading: Reading, messageRow: number): Promise<OutgoingAttachment[]> {
  const rows = reading.sql.all<{ row: number }>(
    'SELECT row FROM attachments WHERE message_row = $messageRow ORDER BY row',
    { messageRow },
  );
  const attachments: OutgoingAttachment[] = [];
  for (const { row } of rows) {
    const found = reading.sql.get<ContentRow>(`${SELECT_CONTENTS} WHERE a.row = $row`, { row });
    if (found === undefined) throw unknownMessage();
    const contentId = found.content_id;
    attachments.push({ ...(await toOutgoing(reading, found)), ...(contentId === null ? {} : { contentId }) });
  }
  return attachments;
}

/** Throws `attachment-unknown`. */
export async function attachmentContent(
  reading: Reading,
  messageRow: number,
  id: AttachmentId,
): Promise<OutgoingAttachment> {
  const row = reading.sql.get<ContentRow>(`${SELECT_CONTENTS} WHERE a.message_row = $messageRow AND a.id = $id`, {
    messageRow,
    id,
  });
  if (row === undefined) throw unknownAttachment();
  return toOutgoing(reading, row);
}

/** Throws `attachment-unknown`. */
export function deleteAttachment(sql: SqlConnection, messageRow: number, id: AttachmentId): void {
  const changed = sql.run('DELETE FROM attachments WHERE message_row = $messageRow AND id = $id', { messageRow, id });
  if (changed === 0) throw unknownAttachment();
}

const SELECT_CONTENTS = `
  SELECT a.filename, a.content_type, a.content_id, c.content
  FROM attachments a JOIN attachment_contents c ON c.attachment_row = a.row`;

async function toOutgoing({ contents }: Reading, row: ContentRow): Promise<OutgoingAttachment> {
  return { filename: row.filename, contentType: row.content_type, content: await contents.read(row.content) };
}

function unknownAttachment(): PosthornError {
  return new PosthornError('attachment-unknown', 'This attachment is no longer there. Nothing was changed.');
}
