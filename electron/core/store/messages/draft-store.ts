import { MailAddress } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import type { AttachmentSummary, Draft, DraftContent } from '../../../../shared/message';
import type { Drafts, NewDraft } from '../../ports/storage/drafts';
import { attachmentsOf, deleteAttachment, insertAttachment } from './attachment-rows';
import { specialRow } from '../mailboxes/mailbox-rows';
import { parseList } from './message-summaries';
import { indexUnlessLong } from '../search/search-index';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { StoreParts } from '../sql/store-parts';
import { nextSequence, placeOf } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

/** Messages being written. What was typed is kept as it was typed; lists show only what already is an address. */
export function createDraftStore(parts: StoreParts): Drafts {
  const { sql, writer } = parts;
  return {
    save: (draft) => writer.write((emit) => save(parts, draft, emit)),
    get: (id) => readDraft(parts, id),
    attach: ({ draftId, id, attachment }): AttachmentSummary =>
      writer.write((emit) => {
        const { row } = placeOf(sql, draftId, ['drafts']);
        insertAttachment(sql, row, { ...attachment, id, inline: false });
        refresh(parts, row, emit);
        const { filename, contentType, content } = attachment;
        return { id, filename, contentType, size: content.length, inline: false };
      }),
    detach: ({ draftId, attachmentId }) =>
      writer.write((emit) => {
        const { row } = placeOf(sql, draftId, ['drafts']);
        deleteAttachment(sql, row, attachmentId);
        refresh(parts, row, emit);
      }),
  };
}

function save(parts: StoreParts, saving: NewDraft, emit: Emit): Draft {
  const { sql, summaries } = parts;
  const values = composition(saving);
  if (saving.isNew) insert(sql, saving, values);
  else sql.run(UPDATE_DRAFT, { ...values, row: placeOf(sql, saving.id, ['drafts']).row });
  const { row } = placeOf(sql, saving.id);
  // A page that another program has written says something else now.
  sql.run(INSERT_TEXT, {
    row,
    text: saving.content.text,
  });
  measure(sql, row);
  emit({ type: saving.isNew ? 'message.stored' : 'message.changed', message: summaries.ofRow(row) });
  return readDraft(parts, saving.id);
}

function composition({ content, threadId, preview, now }: NewDraft): SqlParameters {
  return {
    threadId,
    to: addressesIn(content.to),
    cc: addressesIn(content.cc),
    bcc: addressesIn(content.bcc),
    typedTo: JSON.stringify(content.to),
    typedCc: JSON.stringify(content.cc),
    typedBcc: JSON.stringify(content.bcc),
    subject: content.subject,
    preview,
    now,
    answersId: content.inReplyTo ?? null,
  };
}

function addressesIn(typed: readonly string[]): string {
  return JSON.stringify(typed.filter((text) => MailAddress.safeParse(text).success));
}

function insert(sql: SqlConnection, { id, from }: NewDraft, values: SqlParameters): void {
  sql.run(INSERT_DRAFT, { ...values, id, from, mailbox: specialRow('drafts'), sequence: nextSequence(sql) });
}

const INSERT_TEXT = `
  INSERT INTO bodies (message_row, text) VALUES ($row, $text) ON CONFLICT DO UPDATE SET text = $text, html = NULL`;

const INSERT_DRAFT = `
  INSERT INTO messages (id, mailbox, sequence, thread_id, from_address, to_addresses, cc_addresses, bcc_addresses, subject, preview,
    date, stored_at, seen, attachment_count, size, protection, protection_reason, typed_to, typed_cc, typed_bcc, answers_id)
  VALUES ($id, $mailbox, $sequence, $threadId, $from, $to, $cc, $bcc, $subject, $preview,
    $now, $now, 1, 0, 0, 'own', 'own', $typedTo, $typedCc, $typedBcc, $answersId)`;

const UPDATE_DRAFT = `
  UPDATE messages SET thread_id = $threadId, to_addresses = $to, cc_addresses = $cc, bcc_addresses = $bcc, subject = $subject,
    preview = $preview, date = $now, typed_to = $typedTo, typed_cc = $typedCc, typed_bcc = $typedBcc, answers_id = $answersId
  WHERE row = $row`;

/** Brings what depends on text and attachments up to date. It gets a new UID, as what has one never changes. */
function measure(sql: SqlConnection, row: number): void {
  sql.run(
    `UPDATE messages SET uid = NULL,
       attachment_count = (SELECT count(*) FROM attachments WHERE message_row = $row),
       size = (SELECT octet_length(text) FROM bodies WHERE message_row = $row)
         + (SELECT coalesce(sum(size), 0) FROM attachments WHERE message_row = $row)
     WHERE row = $row`,
    { row },
  );
  indexUnlessLong(sql, row);
}

function refresh({ sql, summaries }: StoreParts, row: number, emit: Emit): void {
  measure(sql, row);
  emit({ type: 'message.changed', message: summaries.ofRow(row) });
}

type DraftRow = {
  row: number;
  typed_to: string;
  typed_cc: string;
  typed_bcc: string;
  subject: string;
  text: string;
  answers_id: MessageId | null;
  date: number;
};

function readDraft({ sql, identityId }: StoreParts, id: MessageId): Draft {
  const query = `
    SELECT m.row, m.typed_to, m.typed_cc, m.typed_bcc, m.subject, b.text, m.answers_id, m.date
    FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.id = $id AND m.folder = 'drafts'`;
  const row = sql.get<DraftRow>(query, { id });
  if (row === undefined) throw unknownMessage();
  return { id, identityId, content: contentOf(row), attachments: attachmentsOf(sql, row.row), savedAt: row.date };
}

function contentOf(row: DraftRow): DraftContent {
  return {
    to: parseList(row.typed_to),
    cc: parseList(row.typed_cc),
    bcc: parseList(row.typed_bcc),
    subject: row.subject,
    text: row.text,
    ...(row.answers_id === null ? {} : { inReplyTo: row.answers_id }),
  };
}
