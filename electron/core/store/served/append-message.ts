import { CONTENT_PIECE_BYTES } from '../../domain/limits';
import { diskOctets } from '../../domain/request-budget';
import type { NewAppended, ServedMail } from '../../ports/storage/served-mail';
import type { Content, StagedServed } from '../../ports/storage/contents';
import { requireDisk } from '../contents/require-disk';
import type { StoredContents } from '../contents/stored-contents';
import { joinConversations, recordNames } from '../conversations/join-conversations';
import { insertAttachment, type NewAttachment } from '../messages/attachment-rows';
import type { GroupCommit } from '../sql/group-commit';
import { unknownMessage } from '../sql/store-error';
import { nextSequence, type StoreParts } from '../sql/store-parts';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import type { Emit } from '../sql/transaction';
import { noteCopies, receivingRow, uidOfRow } from './copy-messages';
import { expungeMessages } from './expunge-messages';
import { changeKeywords, flagColumns, keywordsIn } from './served-flags';
import { insertServed } from './served-rows';

type Appending = Omit<NewAppended, 'attachments' | 'served'> & {
  readonly attachments: readonly NewAttachment[];
  readonly served: StagedServed;
};

/** `freeDisk`: octets that are free on the disk. */
type Keeping = {
  readonly group: GroupCommit;
  readonly contents: Pick<StoredContents, 'stageAll'>;
  readonly freeDisk: () => number;
};

/** What a program brings did not come over the wire. */
const NO_WIRE_COPY = { length: 0 };

/** Keeps what another program puts into a mailbox, in one commit; octets of a large one are staged before it. */
export function createAppend(parts: StoreParts, { group, contents, freeDisk }: Keeping): ServedMail['append'] {
  const add = (message: Appending): Promise<{ uid: number }> => group.add((emit) => append(parts, message, emit));
  return async (message) => {
    requireDisk(freeDisk(), diskOctets({ ...message, raw: NO_WIRE_COPY }));
    const large = [message.served.literals, ...message.attachments.map(({ content }) => content)];
    if (large.reduce((sum, { length }) => sum + length, 0) <= CONTENT_PIECE_BYTES) return add(message);
    return contents.stageAll(large, ([literals = message.served.literals, ...files]) =>
      add({ ...message, served: { ...message.served, literals }, attachments: withContents(message, files) }),
    );
  };
}

function withContents({ attachments }: NewAppended, files: readonly Content[]): NewAttachment[] {
  return attachments.map((attachment, index) => ({ ...attachment, content: files[index] ?? attachment.content }));
}

function append(parts: StoreParts, message: Appending, emit: Emit): { uid: number } {
  const { sql, summaries } = parts;
  const mailbox = receivingRow(sql, message.mailbox, ['drafts']);
  if (message.replaces) takeOriginal(parts, message.replaces, emit);
  const row = insertMessage(sql, message, mailbox);
  sql.run('INSERT INTO bodies (message_row, text, html) VALUES ($row, $text, $html)', {
    row,
    text: message.text,
    html: message.html ?? null,
  });
  for (const attachment of message.attachments) insertAttachment(sql, row, attachment);
  insertServed(sql, row, message.served);
  changeKeywords(sql, row, { how: 'add', keywords: keywordsIn(message.flags) });
  const { rfcMessageId } = message;
  if (rfcMessageId !== undefined) recordNames(sql, row, { ...message, rfcMessageId });
  if (message.copying !== undefined)
    noteCopies(sql, { copying: message.copying, isLast: false, rows: JSON.stringify([row]) });
  joinConversations(parts, row, emit);
  emit({ type: 'message.stored', message: summaries.ofRow(row) });
  return { uid: uidOfRow(sql, row) };
}

/** Throws `message-unknown` when somebody else has taken it: then it lies where they have put it. */
function takeOriginal(parts: StoreParts, { mailbox, uid }: NonNullable<Appending['replaces']>, emit: Emit): void {
  if (expungeMessages(parts, { mailbox, uids: [uid] }, emit).length === 0) throw unknownMessage();
}

function insertMessage(sql: SqlConnection, message: Appending, mailbox: number): number {
  const isDraft = message.mailbox === 'drafts';
  sql.run(INSERT, {
    id: message.id,
    mailbox,
    sequence: nextSequence(sql),
    rfcMessageId: message.rfcMessageId ?? null,
    threadId: message.threadId,
    inReplyTo: message.inReplyTo ?? null,
    references: JSON.stringify(message.references),
    from: message.from,
    to: JSON.stringify(message.to),
    cc: JSON.stringify(message.cc),
    bcc: JSON.stringify(message.bcc),
    ...(isDraft ? typedIn(message) : NOT_TYPED),
    subject: message.subject,
    preview: message.preview,
    date: message.date,
    internalDate: message.internalDate,
    attachments: message.attachments.filter(({ inline }) => !inline).length,
    size: message.served.description.size,
    protection: isDraft ? 'own' : 'unverified',
    reason: isDraft ? 'own' : 'put-by-program',
    ...flagColumns(message.flags),
  });
  return sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
}

const NOT_TYPED = { typedTo: null, typedCc: null, typedBcc: null, answers: null };

/** So that the window goes on with it as with its own. */
function typedIn({ typed, to, cc, bcc }: Appending): SqlParameters {
  const { answers = null, ...written } = typed ?? { to, cc, bcc };
  return {
    typedTo: JSON.stringify(written.to),
    typedCc: JSON.stringify(written.cc),
    typedBcc: JSON.stringify(written.bcc),
    answers,
  };
}

const INSERT = `
  INSERT INTO messages (id, mailbox, sequence, rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses,
    cc_addresses, bcc_addresses, typed_to, typed_cc, typed_bcc, subject, preview, date, stored_at, seen, flagged, answered, deleted,
    draft, attachment_count, size, protection, protection_reason, answers_id)
  VALUES ($id, $mailbox, $sequence, $rfcMessageId, $threadId, $inReplyTo, $references, $from, $to,
    $cc, $bcc, $typedTo, $typedCc, $typedBcc, $subject, $preview, $date, $internalDate, $seen, $flagged, $answered, $deleted,
    $draft, $attachments, $size, $protection, $reason, $answers)`;
