import type { AttachmentId } from '../../../../shared/ids';
import type { AttachmentSummary } from '../../../../shared/message';
import { PosthornError } from '../../../../shared/errors';
import type { IncomingAttachment, OutgoingAttachment } from '../../ports/mime';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';

type AttachmentRow = {
  id: AttachmentId;
  filename: string;
  content_type: string;
  content_id: string | null;
  inline: number;
  size: number;
};

type ContentRow = { filename: string; content_type: string; content: Uint8Array<ArrayBuffer> | null };

export function insertAttachment(
  sql: SqlConnection,
  messageRow: number,
  attachment: IncomingAttachment & { readonly id: AttachmentId },
): void {
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
    content: toBlob(attachment.content),
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

/** All attachments with their contents, for sealing. */
export function attachmentContentsOf(sql: SqlConnection, messageRow: number): OutgoingAttachment[] {
  return sql
    .all<ContentRow>(`${SELECT_CONTENTS} WHERE a.message_row = $messageRow ORDER BY a.row`, { messageRow })
    .map(toOutgoing);
}

/** Throws `attachment-unknown`. */
export function attachmentContent(sql: SqlConnection, messageRow: number, id: AttachmentId): OutgoingAttachment {
  const row = sql.get<ContentRow>(`${SELECT_CONTENTS} WHERE a.message_row = $messageRow AND a.id = $id`, {
    messageRow,
    id,
  });
  if (row === undefined) throw unknownAttachment();
  return toOutgoing(row);
}

/** Throws `attachment-unknown`. */
export function deleteAttachment(sql: SqlConnection, messageRow: number, id: AttachmentId): void {
  const changed = sql.run('DELETE FROM attachments WHERE message_row = $messageRow AND id = $id', { messageRow, id });
  if (changed === 0) throw unknownAttachment();
}

const SELECT_CONTENTS = `
  SELECT a.filename, a.content_type, c.content
  FROM attachments a JOIN attachment_contents c ON c.attachment_row = a.row`;

function toOutgoing(row: ContentRow): OutgoingAttachment {
  return { filename: row.filename, contentType: row.content_type, content: fromBlob(row.content) };
}

function unknownAttachment(): PosthornError {
  return new PosthornError('attachment-unknown', 'This attachment is no longer there. Nothing was changed.');
}
