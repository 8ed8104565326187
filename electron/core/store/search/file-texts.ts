import type { MailAddress } from '../../../../shared/ids';
import { fileKind } from '../../domain/file-kind';
import type { MessageSearch } from '../../ports/storage/message-search';
import type { StoredContents } from '../contents/stored-contents';
import type { SqlValue } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';

type FileTexts = Pick<MessageSearch, 'hasUnreadFiles' | 'unreadFile' | 'putFileText'>;
type FileRow = { file: number; filename: string; content_type: string; from_address: MailAddress; content: SqlValue };

/**
 * The words within files. They are kept beside the file, so that a message can be indexed anew without reading its
 * files again; triggers list a new file, and note its message when its words are there.
 */
export function createFileTexts({
  sql,
  writer,
  contents,
}: Pick<StoreParts, 'sql' | 'writer'> & { readonly contents: Pick<StoredContents, 'read'> }): FileTexts {
  return {
    hasUnreadFiles: () => sql.get('SELECT 1 AS one FROM unread_attachments LIMIT 1') !== undefined,
    unreadFile: async () => {
      const row = sql.get<FileRow>(SELECT_UNREAD);
      if (row === undefined) return undefined;
      const { file, filename, content_type: contentType, from_address: from } = row;
      const kind = fileKind({ filename, contentType });
      if (kind === undefined) return { file, from };
      return { file, from, readable: { kind, content: await contents.read(row.content) } };
    },
    putFileText: ({ file, text }) =>
      writer.write(() => {
        // Gone, or read by then.
        if (sql.run('DELETE FROM unread_attachments WHERE attachment_row = $file', { file }) === 0) return;
        if (text !== '')
          sql.run('INSERT INTO attachment_texts (attachment_row, text) VALUES ($file, $text)', { file, text });
      }),
  };
}

const SELECT_UNREAD = `
  SELECT a.row AS file, a.filename, a.content_type, m.from_address, c.content
  FROM unread_attachments u JOIN attachments a ON a.row = u.attachment_row JOIN messages m ON m.row = a.message_row
    JOIN attachment_contents c ON c.attachment_row = a.row
  ORDER BY u.attachment_row DESC LIMIT 1`;
