import { MAX_THREAD_MESSAGES } from '../../domain/limits';
import type { MailAddress, MessageId } from '../../../../shared/ids';
import type { Folder, MessageDetail, MessageSummary, ProtectionReason } from '../../../../shared/message';
import type { StoredContents } from '../contents/stored-contents';
import { attachmentContent, attachmentsOf } from './attachment-rows';
import { mailboxRow, specialRow } from '../mailboxes/mailbox-rows';
import { readPage } from './message-pages';
import { parseList } from './message-summaries';
import type { SqlConnection } from '../sql/sql-connection';
import type { SqlValue } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { StoreParts } from '../sql/store-parts';
import { NEWEST_FIRST, placeOf } from '../sql/store-parts';
import type { Messages } from '../../ports/storage/messages';

type Reads = Pick<Messages, 'page' | 'thread' | 'lastUnread' | 'detail' | 'raw' | 'attachment' | 'reference' | 'from'>;

/** Everything that is asked about stored messages. Pages come newest first, threads oldest first. */
export function createMessageStore({
  sql,
  summaries,
  contents,
}: Pick<StoreParts, 'sql' | 'summaries'> & { readonly contents: Pick<StoredContents, 'read'> }): Reads {
  return {
    page: (request) => readPage({ sql, summaries }, request),
    thread: (threadId): MessageSummary[] =>
      summaries
        .select(`WHERE m.thread_id = $threadId ${NEWEST_FIRST} LIMIT $limit`, {
          threadId,
          limit: MAX_THREAD_MESSAGES,
        })
        .reverse(),
    lastUnread: (folder) => summaries.select(LAST_UNREAD, { mailbox: mailboxRow(sql, folder) })[0],
    detail: (id) => {
      const { row } = placeOf(sql, id);
      return readDetail(sql, row, summaries.ofRow(row));
    },
    raw: async (id) => contents.read(rawOf(sql, id)),
    attachment: async (messageId, attachmentId) =>
      attachmentContent({ sql, contents }, placeOf(sql, messageId).row, attachmentId),
    reference: (by) => findReference(sql, by),
    from: (address, folder) => idsFrom(sql, address, folder),
  };
}

const LAST_UNREAD = 'WHERE m.mailbox = $mailbox AND m.seen = 0 ORDER BY m.sequence DESC LIMIT 1';

type DetailRow = { bcc_addresses: string; text: string; html: string | null; answered_id: MessageId | null };

/**
 * `answered_id`: what this message answers, as the draft recorded it (`answers_id`) or by In-Reply-To. A Message-ID is
 * no secret, and several messages can have one: that of its own conversation is meant, and no stranger's copy, however
 * early it came.
 */
const SELECT_DETAIL = `
  SELECT m.bcc_addresses, b.text, b.html,
    (SELECT a.id FROM mail a WHERE a.id = m.answers_id
      UNION ALL SELECT a.id FROM (SELECT id FROM mail WHERE rfc_message_id = m.in_reply_to
        AND thread_id = m.thread_id ORDER BY sequence LIMIT 1) a
      LIMIT 1) AS answered_id
  FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.row = $row`;

function readDetail(sql: SqlConnection, row: number, summary: MessageSummary): MessageDetail {
  const detail = sql.get<DetailRow>(SELECT_DETAIL, { row });
  if (detail === undefined) throw unknownMessage();
  return {
    summary,
    bcc: parseList(detail.bcc_addresses),
    text: detail.text,
    ...(detail.html === null ? {} : { html: detail.html }),
    attachments: attachmentsOf(sql, row),
    ...(detail.answered_id === null ? {} : { inReplyTo: detail.answered_id }),
  };
}

/** A draft, and a queued message that is not sealed yet, have none: `message-unknown`. */
function rawOf(sql: SqlConnection, id: MessageId): SqlValue {
  const query = `SELECT w.content FROM wire_copies w JOIN mail m ON m.row = w.message_row WHERE m.id = $id AND w.is_raw = 1`;
  const row = sql.get<{ content: SqlValue }>(query, { id });
  if (row === undefined) throw unknownMessage();
  return row.content;
}

type ReferenceRow = {
  id: MessageId;
  rfc_message_id: string;
  thread_id: string;
  reference_ids: string;
  protection_reason: ProtectionReason;
};

/**
 * The oldest of several with one Message-ID: a copy made later by another sender cannot draw answers into its thread.
 */
function findReference(
  sql: SqlConnection,
  by: Parameters<Messages['reference']>[0],
): ReturnType<Messages['reference']> {
  const [column, value] = 'messageId' in by ? ['id', by.messageId] : ['rfc_message_id', by.rfcMessageId];
  const row = sql.get<ReferenceRow>(
    `SELECT id, rfc_message_id, thread_id, reference_ids, protection_reason FROM mail
     WHERE ${column} = $value AND rfc_message_id IS NOT NULL ORDER BY sequence LIMIT 1`,
    { value },
  );
  if (row === undefined) return undefined;
  return {
    messageId: row.id,
    rfcMessageId: row.rfc_message_id,
    threadId: row.thread_id,
    references: parseList(row.reference_ids),
    ...(row.protection_reason === 'put-by-program' ? { isPutByProgram: true } : {}),
  };
}

/** With every tag (`local+tag@onion`): to people they are one sender. */
function idsFrom(sql: SqlConnection, address: MailAddress, folder: Folder): MessageId[] {
  const at = address.lastIndexOf('@');
  const query = `
    SELECT id FROM mail WHERE mailbox = $mailbox AND (from_address = $address
      OR (substr(from_address, 1, length($tagged)) = $tagged AND substr(from_address, -length($host)) = $host))
    ORDER BY sequence DESC`;
  const parameters = {
    address,
    mailbox: specialRow(folder),
    tagged: `${address.slice(0, at)}+`,
    host: address.slice(at),
  };
  return sql.all<{ id: MessageId }>(query, parameters).map(({ id }) => id);
}
