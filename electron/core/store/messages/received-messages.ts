import type { ContactId } from '../../../../shared/ids';
import type { NewControl } from '../../ports/storage/custody-records';
import type { NewReceived } from '../../ports/storage/mail-records';
import type { NewServed } from '../../domain/served/served-octets';
import { present } from '../../../../shared/present';
import { diskOctets } from '../../domain/request-budget';
import { CONTENT_PIECE_BYTES, MAX_INDEXED_CHARACTERS } from '../../domain/limits';
import type { Content, StagedServed } from '../../ports/storage/contents';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import { insertAttachment, type NewAttachment } from './attachment-rows';
import { joinConversations, recordNames } from '../conversations/join-conversations';
import type { GroupCommit } from '../sql/group-commit';
import { deleteMessage } from './message-changes';
import { mailboxRow, specialRow } from '../mailboxes/mailbox-rows';
import { introducedHasRoom, roomForRequest } from './request-room';
import { hasReceived, recordAsSeen } from './seen-messages';
import { indexUnlessLong } from '../search/search-index';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { nextSequence, placeOf } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Messages } from '../../ports/storage/messages';

type Received = Awaited<ReturnType<Messages['receive']>>;

/**
 * Keeps what arrived: message, text, attachments, wire copy and search words in one commit, shared with its neighbours.
 * Octets of a large one are staged before it.
 */
export function createReceive(parts: StoreParts, o: Receiving): Messages['receive'] {
  const add = (message: Arriving, octets: number): Promise<Received> => {
    const text = OCTETS_OF_A_CHARACTER * Math.min(message.text.length, MAX_INDEXED_CHARACTERS);
    return o.group.add((emit) => receive({ ...parts, ...o }, message, emit), octets + text);
  };
  return async (received, served) => {
    const message = { ...received, ...present({ served }) };
    const octets = octetsOf(message);
    if (message.folder === 'requests') {
      // What gave way to others is deleted by now: strangers together never have more than their share of the disk.
      await o.freed();
      return add(message, octets);
    }
    if (octets <= CONTENT_PIECE_BYTES || hasReceived(parts.sql, message)) return add(message, octets);
    const files = message.attachments.map(({ content }) => content);
    const literals = message.served ? [message.served.literals] : [];
    return o.contents.stageAll([message.raw, ...files, ...literals], ([raw = message.raw, ...staged]) =>
      add(
        {
          ...message,
          raw,
          attachments: withContents(message.attachments, staged),
          ...withLiterals(message.served, staged[files.length]),
        },
        0,
      ),
    );
  };
}

type Arriving = Omit<NewReceived, 'raw' | 'attachments' | 'served'> & {
  readonly raw: Content;
  readonly attachments: readonly NewAttachment[];
  readonly served?: StagedServed;
};

function withLiterals(served: NewServed | undefined, literals: Content | undefined): Pick<Arriving, 'served'> {
  return served === undefined ? {} : { served: { ...served, literals: literals ?? served.literals } };
}

function withContents(attachments: NewReceived['attachments'], contents: readonly Content[]): NewAttachment[] {
  return attachments.map((attachment, index) => ({ ...attachment, content: contents[index] ?? attachment.content }));
}

/** Noting the words of a text in the index takes as long as writing so many octets for each character. */
const OCTETS_OF_A_CHARACTER = 16;

/** What its commit writes, without the text. */
function octetsOf({ raw, attachments, served }: NewReceived & { readonly served?: NewServed }): number {
  const literals = served?.literals.length ?? 0;
  return attachments.reduce((sum, { content }) => sum + content.length, raw.length + literals);
}

/** What other rooms of the store write in the commit of a message; each is called within the open transaction. */
type Receiving = {
  readonly group: GroupCommit;
  readonly contents: Pick<StoredContents, 'stageAll'>;
  /** Resolves when what was deleted until now is off the disk. */
  readonly freed: () => Promise<void>;
  /** Octets that are free on the disk. */
  readonly freeDisk: () => number;
  readonly insertServed: (sql: SqlConnection, row: number, served: StagedServed) => void;
  readonly queueControl: (sql: SqlConnection, control: NewControl) => void;
  /** The message is missing no longer; whether it was. */
  readonly dropMissing: (sql: SqlConnection, o: { contactId: ContactId; messageId: string }) => boolean;
};

function receive(parts: StoreParts & Receiving, message: Arriving, emit: Emit): Received {
  const { sql, summaries, queueControl } = parts;
  recordArrival(parts, message, emit);
  if (hasReceived(sql, message)) return { outcome: 'duplicate' };
  const octets = diskOctets(message);
  if (!makeRoom(parts, { message, octets }, emit)) return { outcome: 'no-room' };
  const isStranger = message.folder === 'requests' || message.signer?.introducedBy !== undefined;
  recordAsSeen(sql, { ...message, isStranger });
  const row = insertMessage(sql, message);
  sql.run('UPDATE messages SET disk_octets = $octets WHERE row = $row', { octets, row });
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
  if (message.served) parts.insertServed(sql, row, message.served);
  indexUnlessLong(sql, row);
  recordNames(sql, row, message);
  joinConversations(parts, row, emit);
  if (message.receipt) queueControl(sql, message.receipt);
  const summary = summaries.ofRow(row);
  emit({ type: 'message.stored', message: summary });
  return { outcome: 'stored', summary };
}

/** Whether a message has room, which a contact's always has; older requests may have been deleted for it. */
function makeRoom(
  { sql, identityId, freeDisk }: StoreParts & Receiving,
  { message, octets }: { readonly message: Pick<NewReceived, 'from' | 'folder' | 'signer'>; readonly octets: number },
  emit: Emit,
): boolean {
  const { from, folder, signer } = message;
  if (folder !== 'requests')
    return signer?.introducedBy === undefined || introducedHasRoom(sql, { from, octets, free: freeDisk() });
  const leaving = roomForRequest(sql, { from, octets, free: freeDisk() });
  for (const messageId of leaving ?? []) {
    deleteMessage(sql, placeOf(sql, messageId).row);
    emit({ type: 'message.removed', identityId, messageId });
  }
  return leaving !== undefined;
}

function recordArrival({ sql, identityId, dropMissing }: StoreParts & Receiving, message: Arriving, emit: Emit): void {
  const { arrivedFrom: contactId, rfcMessageId: messageId } = message;
  if (contactId !== undefined && dropMissing(sql, { contactId, messageId }))
    emit({ type: 'holding.changed', identityId });
}

function insertMessage(sql: SqlConnection, message: Arriving): number {
  sql.run(INSERT_MESSAGE, {
    id: message.id,
    ...placeOfNew(sql, message.folder),
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
    introducedBy: listOrNull(message.signer?.introducedBy),
    signer: message.signer?.fingerprint ?? null,
    droppedAttachments: message.droppedAttachments ?? null,
  });
  return sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
}

/** Where it comes to lie, and whether somebody need read it. */
function placeOfNew(sql: SqlConnection, folder: Arriving['folder']): { mailbox: number; seen: 0 | 1 } {
  if (typeof folder === 'string') return { mailbox: specialRow(folder), seen: 0 };
  return { mailbox: mailboxRow(sql, folder.mailbox), seen: folder.seen ? 1 : 0 };
}

function listOrNull(list: readonly string[] = []): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}

const INSERT_MESSAGE = `
  INSERT INTO messages (id, mailbox, sequence, rfc_message_id, thread_id, in_reply_to, reference_ids, from_address, to_addresses,
    cc_addresses, bcc_addresses, subject, preview, date, stored_at, seen, attachment_count, size, protection, protection_reason,
    introduced_by, dropped_attachments, signer)
  VALUES ($id, $mailbox, $sequence, $rfcMessageId, $threadId, $inReplyTo, $references, $from, $to,
    $cc, $bcc, $subject, $preview, $date, $storedAt, $seen, $attachmentCount, $size, $protection, $protectionReason,
    $introducedBy, $droppedAttachments, $signer)`;
