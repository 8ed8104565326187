import type { DeliveryId, MailAddress, MessageId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import type { NewLetter, QueuedMessage } from '../../ports/storage/mail-records';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import { attachmentContentsOf } from '../messages/attachment-rows';
import { changeDelivery } from './change-delivery';
import { releaseCustodies } from '../custody/custodies';
import type { DeliveryRow } from '../messages/delivery-rows';
import { deliveryRow, FINISHED, SELECT_DELIVERIES, toDelivery } from '../messages/delivery-rows';
import { parseList } from '../messages/message-summaries';
import { storedControl } from './enclosures';
import type { SqlConnection } from '../sql/sql-connection';
import type { SqlValue } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { StoreParts } from '../sql/store-parts';
import { outgoingPlaceOf } from '../sql/store-parts';
import { submitDraft } from './submit-draft';
import { submitLetter } from './submit-letter';
import type { Emit } from '../sql/transaction';
import type { Outbox, Submitted } from '../../ports/storage/outbox';

type Deliveries = Omit<Outbox, 'putEnclosures' | 'enclosures' | 'addHistory' | 'history' | 'recordRead'>;

/** Messages on their way out, one delivery for each recipient. */
export function createOutboxStore(parts: StoreParts, contents: Pick<StoredContents, 'read'>): Deliveries {
  const { sql, identityId, writer } = parts;
  return {
    submit: (message) => writer.write((emit) => submitDraft(parts, message, emit)),
    submitLetter: (letter) => writer.write((emit) => submitSealed(parts, letter, emit)),
    queued: (id) => readQueued({ sql, contents }, id),
    putSealed: (sealed) => writer.write((emit) => putSealed(parts, sealed, emit)),
    sealed: (id) => readSealed({ sql, contents }, id),
    isSealed: (id) => isSealed(sql, id),
    sealing: (id) => sealingOf(sql, id),
    sealAnew: (id, { afterRefusal } = { afterRefusal: false }) =>
      writer.write(() => {
        const { row, message_row: message } = deliveryRow(sql, id);
        sql.run('UPDATE deliveries SET wire_copy_row = NULL, sealed_anew = sealed_anew + $more WHERE row = $row', {
          row,
          more: Number(afterRefusal),
        });
        releaseCustodies(sql, row);
        dropUnusedCopies(sql, message);
      }),
    dropSealed: () =>
      writer.write((emit) => {
        dropSealed(parts, emit);
      }),
    deliveries: (which = {}) => readDeliveries(parts, which),
    delivery: (id) => toDelivery(identityId, deliveryRow(sql, id)),
    tryTime: (id) => {
      const { tried_ms: ms, last_try_at: at } = deliveryRow(sql, id);
      return { ms, ...(at === null ? {} : { at }) };
    },
    changeDelivery: (id, change) => writer.write((emit) => changeDelivery(parts, { id, change }, emit)),
  };
}

function submitSealed(parts: StoreParts, letter: NewLetter, emit: Emit): Submitted {
  const submitted = submitLetter(parts, letter, emit);
  const { messageId, deliveries, sealed: raw } = letter;
  if (raw !== undefined && submitted.isNew)
    putSealed(parts, { messageId, deliveryIds: deliveries.map(({ id }) => id), raw }, emit);
  return submitted;
}

function readDeliveries(
  { sql, identityId }: StoreParts,
  { unfinishedOnly = false, withControl = false }: NonNullable<Parameters<Outbox['deliveries']>[0]>,
): Delivery[] {
  const wanted = [
    ...(unfinishedOnly ? [`d.state NOT IN ${FINISHED}`] : []),
    ...(withControl ? [] : [`m.kind = 'mail'`]),
  ];
  const condition = wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`;
  return sql
    .all<DeliveryRow>(`${SELECT_DELIVERIES} ${condition} ORDER BY m.sequence, d.row`)
    .map((row) => toDelivery(identityId, row));
}

type Reading = { readonly sql: SqlConnection; readonly contents: Pick<StoredContents, 'read'> };

type QueuedRow = {
  row: number;
  rfc_message_id: string;
  in_reply_to: string | null;
  reference_ids: string;
  to_addresses: string;
  cc_addresses: string;
  bcc_addresses: string;
  subject: string;
  text: string;
  html: string | null;
  date: number;
  note: string | null;
};

async function readQueued(reading: Reading, id: MessageId): Promise<QueuedMessage> {
  const query = `
    SELECT m.row, m.rfc_message_id, m.in_reply_to, m.reference_ids, m.to_addresses, m.cc_addresses, m.bcc_addresses, m.subject,
      b.text, b.html, m.date, p.note
    FROM messages m JOIN bodies b ON b.message_row = m.row LEFT JOIN parcels p ON p.message_row = m.row
    WHERE m.id = $id AND m.folder = 'outbox'`;
  const row = reading.sql.get<QueuedRow>(query, { id });
  if (row === undefined) throw unknownMessage();
  return {
    messageId: id,
    rfcMessageId: row.rfc_message_id,
    ...(row.in_reply_to === null ? {} : { inReplyTo: row.in_reply_to }),
    references: parseList(row.reference_ids),
    to: parseList<MailAddress>(row.to_addresses),
    cc: parseList<MailAddress>(row.cc_addresses),
    bcc: parseList<MailAddress>(row.bcc_addresses),
    subject: row.subject,
    text: row.text,
    ...(row.html === null ? {} : { html: row.html }),
    date: row.date,
    attachments: await attachmentContentsOf(reading, row.row),
    ...(row.note === null ? {} : { control: storedControl(row.note) }),
  };
}

/**
 * One copy for all the named deliveries. Retries send exactly these bytes, so a delivery that has its copy keeps it.
 */
function putSealed({ sql, summaries }: StoreParts, o: Parameters<Outbox['putSealed']>[0], emit: Emit): void {
  const { row, kind } = outgoingPlaceOf(sql, o.messageId, ['outbox']);
  const isFirst =
    sql.get('SELECT 1 AS one FROM wire_copies WHERE message_row = $row AND is_raw = 1', { row }) === undefined;
  sql.run('INSERT INTO wire_copies (message_row, is_raw, content) VALUES ($row, $isRaw, $content)', {
    row,
    isRaw: Number(isFirst),
    content: keepContent(sql, o.raw),
  });
  const copy = sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
  for (const [index, id] of o.deliveryIds.entries()) link(sql, { id, row, copy, ...sealedWith(o, index) });
  if (!isFirst) return;
  sql.run('UPDATE messages SET size = $size WHERE row = $row', { row, size: o.raw.length });
  if (kind === 'mail') emit({ type: 'message.changed', message: summaries.ofRow(row) });
}

function sealedWith(
  { with: used }: Parameters<Outbox['putSealed']>[0],
  index: number,
): Pick<Link, 'to' | 'by' | 'code'> {
  return { to: used?.keys[index] ?? null, by: used?.certifiedAt ?? null, code: used?.scanCode ?? null };
}

type Link = {
  readonly id: DeliveryId;
  readonly row: number;
  readonly copy: number;
  readonly to: string | null;
  readonly by: number | null;
  readonly code: string | null;
};

function link(sql: SqlConnection, { row, ...o }: Link): void {
  if (deliveryRow(sql, o.id).message_row !== row) throw unknownMessage();
  sql.run(
    `UPDATE deliveries SET wire_copy_row = $copy, sealed_to = $to, sealed_with = $by, scan_code = $code
     WHERE id = $id AND wire_copy_row IS NULL`,
    { ...o },
  );
}

type SealingRow = { sealed_to: string | null; sealed_with: number | null; sealed_anew: number };

function sealingOf(sql: SqlConnection, id: DeliveryId): ReturnType<Outbox['sealing']> {
  deliveryRow(sql, id);
  const query = 'SELECT sealed_to, sealed_with, sealed_anew FROM deliveries WHERE id = $id';
  const row = sql.get<SealingRow>(query, { id });
  return {
    ...(row?.sealed_to ? { sealedTo: row.sealed_to } : {}),
    ...(row?.sealed_with ? { sealedWith: row.sealed_with } : {}),
    sealedAnew: row?.sealed_anew ?? 0,
  };
}

async function readSealed({ sql, contents }: Reading, id: DeliveryId): Promise<Uint8Array | undefined> {
  deliveryRow(sql, id);
  const query = 'SELECT w.content FROM deliveries d JOIN wire_copies w ON w.row = d.wire_copy_row WHERE d.id = $id';
  const row = sql.get<{ content: SqlValue }>(query, { id });
  return row === undefined ? undefined : contents.read(row.content);
}

function isSealed(sql: SqlConnection, id: DeliveryId): boolean {
  deliveryRow(sql, id);
  const query = 'SELECT 1 AS one FROM deliveries WHERE id = $id AND wire_copy_row IS NOT NULL';
  return sql.get(query, { id }) !== undefined;
}

/**
 * A copy that was delivered stays: it is what the recipient got. A copy with holders, or on its way there, is left with
 * them anew, because a recipient who has seen the new key refuses what the old one signed. The new copy has another
 * token, so that the holder takes it; the recipient drops the second copy.
 */
function dropSealed({ sql, identityId }: StoreParts, emit: Emit): void {
  const waiting = sql.all<DeliveryRow>(
    `${SELECT_DELIVERIES} WHERE d.state <> 'delivering' AND d.state NOT IN ${FINISHED}`,
  );
  for (const before of waiting) {
    const { row, id } = before;
    sql.run('UPDATE deliveries SET wire_copy_row = NULL WHERE row = $row', { row });
    if (!releaseCustodies(sql, row)) continue;
    // Now, and not at the next planned try, which is far off when the message has been with its holders for long.
    sql.run(
      `UPDATE deliveries SET state = 'recipient-offline', next_try_at = NULL WHERE row = $row AND state = 'held'`,
      { row },
    );
    if (before.kind === 'mail' && before.state === 'held')
      emit({ type: 'delivery.changed', delivery: toDelivery(identityId, deliveryRow(sql, id)) });
  }
  for (const message of new Set(waiting.map(({ message_row: row }) => row))) dropUnusedCopies(sql, message);
}

/** Deletes the copies of a message in the outbox that no delivery of it sends any more. */
function dropUnusedCopies(sql: SqlConnection, message: number): void {
  sql.run(
    `DELETE FROM wire_copies WHERE message_row = $message
     AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.wire_copy_row = wire_copies.row)
     AND EXISTS (SELECT 1 FROM messages m WHERE m.row = $message AND m.folder = 'outbox')`,
    { message },
  );
}
