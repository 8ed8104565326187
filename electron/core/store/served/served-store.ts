import type { MessageId } from '../../../../shared/ids';
import { PosthornError } from '../../../../shared/errors';
import type { OctetSpan } from '../../domain/served-entity';
import { foreignResults } from '../../domain/served/foreign-results';
import type { ServedForm } from '../../domain/served/served-message';
import type { CopiedUids, ServedMail } from '../../ports/storage/served-mail';
import { contentRange } from '../contents/content-range';
import type { StoredContents } from '../contents/stored-contents';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { GroupCommit } from '../sql/group-commit';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { createAppend } from './append-message';
import { copyMessages, placedAt, receivingRow, uidOfRow } from './copy-messages';
import { readServed, readSortRows, sizeOfMailbox } from './read-served';
import { SELECT_WIRE_COPY, serveSealed, serveStored, type Serving } from './serve-stored';
import { setFlags } from './served-flags';
import { insertServed, storedEntity } from './served-rows';
import { servedOctets } from './served-octets';
import { withHeader, withText } from './served-search';

type Parts = StoreParts & Serving;
type Keeping = { readonly group: GroupCommit; readonly contents: Pick<StoredContents, 'stageAll'> };

/** Messages as other mail programs read and write them. */
export function createServedMail(parts: Parts, keeping: Keeping): ServedMail {
  const { sql, writer } = parts;
  const ready = (o: Parameters<ServedMail['messages']>[0]): number[] => readyRows(parts, o);
  return {
    messages: (o) => readServed(sql, o.form, ready(o)),
    octets: ({ uid, from, to, ...o }) => {
      const [row] = ready({ ...o, uids: [uid] });
      return row === undefined ? new Uint8Array(0) : octetsOf(sql, { row, form: o.form }, { from, to });
    },
    size: (o) => sizeOfMailbox(sql, mailboxRow(sql, o.mailbox), o.form),
    copy: (o) => writer.write((emit) => copyMessages(parts, o, emit)),
    move: (o) => writer.write((emit) => moveMessages(parts, o, emit)),
    append: createAppend(parts, keeping),
    older: () => sql.get<{ id: MessageId }>(NEWEST_OLDER)?.id,
    putOlder: (o) => writer.write(() => putOlder(parts, o)),
    messageId: ({ mailbox, uid }) => idAt(sql, mailboxRow(sql, mailbox), uid),
    uidOf: ({ mailbox, rfcMessageId }) =>
      sql.get<{ uid: number | null }>(OWN_UID, { mailbox: mailboxRow(sql, mailbox), rfcMessageId })?.uid ?? undefined,
    setFlags: (o) => writer.write((emit) => setFlags(parts, o, emit)),
    expunge: (o) => writer.write((emit) => expunge(parts, o, emit)),
    sortRows: (o) => readSortRows(sql, o.form, ready(o)),
    withText: (o) => withText(sql, o),
    withHeader: (o) => withHeader(sql, o),
  };
}

const NEWEST_OLDER = `
  SELECT m.id FROM unserved u JOIN messages m ON m.row = u.message_row WHERE u.is_older = 1 ORDER BY u.message_row DESC LIMIT 1`;

function putOlder(parts: Parts, { messageId, served }: Parameters<ServedMail['putOlder']>[0]): void {
  const { sql } = parts;
  const query = 'SELECT m.row FROM messages m JOIN unserved u ON u.message_row = m.row WHERE m.id = $messageId';
  const found = sql.get<{ row: number }>(query, { messageId });
  if (found === undefined) return;
  if (served) insertServed(sql, found.row, served);
  else serveStored(parts, found.row);
}

/** What is marked for deletion goes with the next EXPUNGE, and what a program puts there instead would go with it. */
const OWN_UID = `
  SELECT max(uid) AS uid FROM messages
  WHERE rfc_message_id = $rfcMessageId AND mailbox = $mailbox AND protection = 'own' AND deleted = 0`;

function idAt(sql: SqlConnection, mailbox: number, uid: number): MessageId | undefined {
  const query = 'SELECT id FROM messages WHERE mailbox = $mailbox AND uid = $uid';
  return sql.get<{ id: MessageId }>(query, { mailbox, uid })?.id;
}

/** Rows of what is there, each made ready: an earlier version stored it, or the window wrote it just now. */
function readyRows(parts: Parts, o: Parameters<ServedMail['messages']>[0]): number[] {
  const { sql, writer } = parts;
  const rows = placedAt(sql, o).map(({ row }) => row);
  const missing = missingOf(sql, rows, 'row IN (SELECT message_row FROM unserved)');
  if (missing.length > 0) writer.write(() => missing.forEach((row) => serveStored(parts, row)));
  if (o.form === 'unsealed') return rows;
  const sealed = missingOf(sql, rows, 'row NOT IN (SELECT message_row FROM served_sealed)');
  if (sealed.length > 0) writer.write(() => sealed.forEach((row) => serveSealed(sql, row)));
  return rows;
}

function missingOf(sql: SqlConnection, rows: readonly number[], condition: string): number[] {
  const query = `SELECT row FROM messages WHERE row IN (SELECT value FROM json_each($rows)) AND ${condition}`;
  return sql.all<{ row: number }>(query, { rows: JSON.stringify(rows) }).map(({ row }) => row);
}

function octetsOf(
  sql: SqlConnection,
  { row, form }: { readonly row: number; readonly form: ServedForm },
  span: OctetSpan,
): Uint8Array {
  const query = 'SELECT entity FROM served_sealed WHERE message_row = $row';
  const sealed = form === 'sealed' ? sql.get<{ entity: string }>(query, { row }) : undefined;
  if (!sealed) return servedOctets(sql, row, span);
  const content = sql.get<{ content: SqlValue }>(SELECT_WIRE_COPY, { row })?.content;
  return sealedOctets(sql, { content, header: storedEntity(sealed.entity).header }, span);
}

/** A peer wrote the header of the wire copy, too, and nobody has signed it. */
function sealedOctets(
  sql: SqlConnection,
  { content, header }: { readonly content: SqlValue | undefined; readonly header: OctetSpan },
  { from, to }: OctetSpan,
): Uint8Array {
  if (from >= header.to) return contentRange(sql, content, { from, to });
  const head = foreignResults(contentRange(sql, content, header)).subarray(from, to);
  return to <= header.to ? head : Buffer.concat([head, contentRange(sql, content, { from: header.to, to })]);
}

/** What is being delivered stays where it is; a draft may go, and is one no longer. */
function moveMessages(parts: Parts, o: Parameters<ServedMail['move']>[0], emit: Emit): CopiedUids {
  const { sql, summaries } = parts;
  const mailbox = receivingRow(sql, o.to);
  const from = placedAt(sql, o);
  if (from.some(({ folder }) => folder === 'outbox')) throw beingSent();
  const to = from.map(({ row }) => {
    sql.run('UPDATE messages SET mailbox = $mailbox WHERE row = $row', { mailbox, row });
    emit({ type: 'message.changed', message: summaries.ofRow(row) });
    return uidOfRow(sql, row);
  });
  return { from: from.map(({ uid }) => uid), to };
}

function expunge({ sql, identityId }: Parts, o: Parameters<ServedMail['expunge']>[0], emit: Emit): number[] {
  const gone = placedAt(sql, o);
  if (gone.some(({ folder }) => folder === 'outbox')) throw beingSent();
  for (const { row, uid } of gone) {
    const messageId = idAt(sql, mailboxRow(sql, o.mailbox), uid);
    sql.run('DELETE FROM messages WHERE row = $row', { row });
    if (messageId !== undefined) emit({ type: 'message.removed', identityId, messageId });
  }
  return gone.map(({ uid }) => uid);
}

function beingSent(): PosthornError {
  return new PosthornError('mailbox-refused', 'What is on its way can only be cancelled. Nothing was changed.');
}
