import { PosthornError } from '../../../shared/errors';
import type { DeliveryId, MailAddress, MessageId } from '../../../shared/ids';
import type { Delivery } from '../../../shared/message';
import type { DeliveryChange, MailStore, QueuedMessage } from '../ports';
import { attachmentContentsOf } from './attachment-rows';
import type { DeliveryRow } from './delivery-rows';
import { FINISHED, SELECT_DELIVERIES, toDelivery } from './delivery-rows';
import { parseList } from './message-summaries';
import { dropParcel } from './parcels';
import type { SqlConnection } from './sql-connection';
import { fromBlob, toBlob } from './sql-connection';
import { unknownMessage } from './store-error';
import type { StoreParts } from './store-parts';
import { placeOf } from './store-parts';
import { submitDraft } from './submit-draft';
import type { Emit } from './transaction';

type Outbox = Pick<MailStore, 'submit' | 'queued' | 'putSealed' | 'sealed' | 'dropSealed' | 'deliveries' | 'delivery' | 'changeDelivery'>;

/** Messages on their way out, one delivery for each recipient. */
export function createOutboxStore(parts: StoreParts): Outbox {
  const { sql, identityId, writer } = parts;
  return {
    submit: (message) => writer.write((emit) => submitDraft(parts, message, emit)),
    queued: (id) => readQueued(sql, id),
    putSealed: (sealed) => writer.write((emit) => putSealed(parts, sealed, emit)),
    sealed: (id) => readSealed(sql, id),
    dropSealed: () => writer.write(() => { dropSealed(sql); }),
    deliveries: ({ unfinishedOnly = false } = {}) =>
      sql
        .all<DeliveryRow>(`${SELECT_DELIVERIES} ${unfinishedOnly ? `WHERE d.state NOT IN ${FINISHED}` : ''} ORDER BY m.sequence, d.row`)
        .map((row) => toDelivery(identityId, row)),
    delivery: (id) => toDelivery(identityId, deliveryRow(sql, id)),
    changeDelivery: (id, change) => writer.write((emit) => changeDelivery(parts, { id, change }, emit)),
  };
}

function deliveryRow(sql: SqlConnection, id: DeliveryId): DeliveryRow {
  const row = sql.get<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $id`, { id });
  if (row === undefined) throw new PosthornError('delivery-unknown', 'This delivery is no longer in the outbox. Nothing was changed.');
  return row;
}

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
  date: number;
};

function readQueued(sql: SqlConnection, id: MessageId): QueuedMessage {
  const query = `
    SELECT m.row, m.rfc_message_id, m.in_reply_to, m.reference_ids, m.to_addresses, m.cc_addresses, m.bcc_addresses, m.subject,
      b.text, m.date
    FROM messages m JOIN bodies b ON b.message_row = m.row WHERE m.id = $id AND m.folder = 'outbox'`;
  const row = sql.get<QueuedRow>(query, { id });
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
    date: row.date,
    attachments: attachmentContentsOf(sql, row.row),
  };
}

/** One copy for all the named deliveries. Retries send exactly these bytes, so a delivery that has its copy keeps it. */
function putSealed({ sql, summaries }: StoreParts, o: Parameters<MailStore['putSealed']>[0], emit: Emit): void {
  const { row } = placeOf(sql, o.messageId, ['outbox']);
  const isFirst = sql.get('SELECT 1 AS one FROM wire_copies WHERE message_row = $row AND is_raw = 1', { row }) === undefined;
  sql.run('INSERT INTO wire_copies (message_row, is_raw, content) VALUES ($row, $isRaw, $content)', { row, isRaw: Number(isFirst), content: toBlob(o.raw) });
  const copy = sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
  for (const id of o.deliveryIds) link(sql, { id, row, copy });
  if (!isFirst) return;
  sql.run('UPDATE messages SET size = $size WHERE row = $row', { row, size: o.raw.length });
  emit({ type: 'message.changed', message: summaries.ofRow(row) });
}

function link(sql: SqlConnection, { id, row, copy }: { id: DeliveryId; row: number; copy: number }): void {
  if (deliveryRow(sql, id).message_row !== row) throw unknownMessage();
  sql.run('UPDATE deliveries SET wire_copy_row = $copy WHERE id = $id AND wire_copy_row IS NULL', { id, copy });
}

function readSealed(sql: SqlConnection, id: DeliveryId): Uint8Array | undefined {
  deliveryRow(sql, id);
  const query = 'SELECT w.content FROM deliveries d JOIN wire_copies w ON w.row = d.wire_copy_row WHERE d.id = $id';
  const row = sql.get<{ content: Uint8Array<ArrayBuffer> | null }>(query, { id });
  return row === undefined ? undefined : fromBlob(row.content);
}

/** A copy that somebody has already got stays: it is what was sent to them. */
function dropSealed(sql: SqlConnection): void {
  sql.run(`UPDATE deliveries SET wire_copy_row = NULL WHERE state <> 'delivering' AND state NOT IN ${FINISHED}`);
  sql.run(
    `DELETE FROM wire_copies WHERE row NOT IN (SELECT wire_copy_row FROM deliveries WHERE wire_copy_row IS NOT NULL)
     AND message_row IN (SELECT row FROM messages WHERE folder = 'outbox')`,
  );
}

function changeDelivery(parts: StoreParts, { id, change }: { id: DeliveryId; change: DeliveryChange }, emit: Emit): Delivery {
  const { sql, identityId } = parts;
  const { message_row } = deliveryRow(sql, id);
  sql.run(
    `UPDATE deliveries SET state = $state, reason = $reason, attempts = $attempts, next_try_at = $nextTryAt, delivered_at = $deliveredAt
     WHERE id = $id`,
    {
      id,
      state: change.state,
      reason: change.reason,
      attempts: change.attempts,
      nextTryAt: change.nextTryAt ?? null,
      deliveredAt: change.deliveredAt ?? null,
    },
  );
  const delivery = toDelivery(identityId, deliveryRow(sql, id));
  emit({ type: 'delivery.changed', delivery });
  moveWhenFinished(parts, message_row, emit);
  return delivery;
}

/** Outbox → Sent with the last delivery; copies for single recipients (Bcc), and what was to go into them, are of no use from then on. */
function moveWhenFinished({ sql, summaries }: StoreParts, row: number, emit: Emit): void {
  const moved = sql.run(
    `UPDATE messages SET folder = 'sent' WHERE row = $row AND folder = 'outbox'
     AND NOT EXISTS (SELECT 1 FROM deliveries WHERE message_row = $row AND state NOT IN ${FINISHED})`,
    { row },
  );
  if (moved === 0) return;
  sql.run('DELETE FROM wire_copies WHERE message_row = $row AND is_raw = 0', { row });
  dropParcel(sql, row);
  emit({ type: 'message.changed', message: summaries.ofRow(row) });
}
