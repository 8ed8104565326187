import type { HistoryEntry } from '../../../../shared/custody';
import type { DeliveryId, MailAddress, MessageId, OnionHost } from '../../../../shared/ids';
import { MAX_HISTORY } from '../../domain/limits';
import type { DeliveryRow } from './delivery-rows';
import { deliveryRow, SELECT_DELIVERIES, toDelivery } from './delivery-rows';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Outbox } from '../../ports/storage/outbox';

type History = Pick<Outbox, 'addHistory' | 'history' | 'recordRead'>;

/** What happened to messages written here, in the order in which it was learnt. It goes with the message. */
export function createMessageHistory({ sql, identityId, writer }: StoreParts): History {
  return {
    // A delivery that is gone, as that of a replaced control message, has no history.
    addHistory: ({ deliveryId, ...entry }) =>
      writer.write(() => {
        const delivery = sql.get<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $deliveryId`, { deliveryId });
        if (delivery !== undefined) recordHistory(sql, delivery, entry);
      }),
    history: (messageId) => readHistory(sql, messageId),
    recordRead: ({ deliveryId, at }) =>
      writer.write((emit) => {
        const delivery = deliveryRow(sql, deliveryId);
        if (delivery.kind === 'note' || delivery.read_at !== null) return;
        sql.run('UPDATE deliveries SET read_at = $at WHERE id = $deliveryId', { deliveryId, at });
        recordHistory(sql, delivery, { kind: 'read', at });
        emit({ type: 'delivery.changed', delivery: toDelivery(identityId, deliveryRow(sql, deliveryId)) });
      }),
  };
}

export type NewEntry = Omit<Parameters<Outbox['addHistory']>[0], 'deliveryId'>;

type HistoryRow = {
  row: number;
  at: number;
  kind: HistoryEntry['kind'];
  reason: string | null;
  holder: OnionHost | null;
  held_until: number | null;
  times: number | null;
};

/**
 * Writes one entry, in the transaction of what it tells of; control messages have none. A try with the same outcome as
 * the one before counts that entry up and moves it to the end. A holder's receipt and a read receipt are written once,
 * however often they arrive.
 */
export function recordHistory(
  sql: SqlConnection,
  delivery: Pick<DeliveryRow, 'row' | 'message_row' | 'kind'>,
  entry: NewEntry,
): void {
  if (delivery.kind === 'note' || isTold(sql, delivery.row, entry)) return;
  const times = entry.kind === 'tried' ? takeRepeated(sql, delivery.row, entry.reason ?? null) + 1 : null;
  sql.run(INSERT_ENTRY, {
    messageRow: delivery.message_row,
    deliveryRow: delivery.row,
    at: entry.at,
    kind: entry.kind,
    reason: entry.reason ?? null,
    holder: entry.holder ?? null,
    until: entry.until ?? null,
    times,
  });
  sql.run(DROP_SURPLUS, { messageRow: delivery.message_row, limit: MAX_HISTORY });
}

/** The newest entry of a delivery. */
export function lastEntry(
  sql: SqlConnection,
  delivery: number,
): Pick<HistoryRow, 'row' | 'at' | 'kind' | 'reason' | 'times'> | undefined {
  return sql.get<HistoryRow>(
    'SELECT row, at, kind, reason, times FROM message_history WHERE delivery_row = $delivery ORDER BY row DESC LIMIT 1',
    { delivery },
  );
}

const INSERT_ENTRY = `
  INSERT INTO message_history (message_row, delivery_row, at, kind, reason, holder, held_until, times)
  VALUES ($messageRow, $deliveryRow, $at, $kind, $reason, $holder, $until, $times)`;

const DROP_SURPLUS = `
  DELETE FROM message_history WHERE row IN (
    SELECT row FROM message_history WHERE message_row = $messageRow ORDER BY row DESC LIMIT -1 OFFSET $limit)`;

/** Kinds that are written once: a reply that was lost and repeated brings the same receipt again. */
function isTold(sql: SqlConnection, delivery: number, { kind, holder, until }: NewEntry): boolean {
  if (kind !== 'held' && kind !== 'read') return false;
  const query = `
    SELECT 1 AS one FROM message_history WHERE delivery_row = $delivery AND kind = $kind
      AND ($kind = 'read' OR (holder IS $holder AND held_until IS $until))`;
  return sql.get(query, { delivery, kind, holder: holder ?? null, until: until ?? null }) !== undefined;
}

/** How many tries in a row had this reason before this one; their entry is deleted, the new one takes its place. */
function takeRepeated(sql: SqlConnection, delivery: number, reason: string | null): number {
  const last = lastEntry(sql, delivery);
  if (last?.kind !== 'tried' || last.reason !== reason) return 0;
  sql.run('DELETE FROM message_history WHERE row = $row', { row: last.row });
  return last.times ?? 1;
}

type EntryRow = HistoryRow & { delivery_id: DeliveryId; recipient: MailAddress };

const SELECT_ENTRIES = `
  SELECT h.row, h.at, h.kind, h.reason, h.holder, h.held_until, h.times, d.id AS delivery_id, d.recipient
  FROM message_history h JOIN deliveries d ON d.row = h.delivery_row JOIN mail m ON m.row = h.message_row
  WHERE m.id = $messageId ORDER BY h.row`;

function readHistory(sql: SqlConnection, messageId: MessageId): HistoryEntry[] {
  return sql.all<EntryRow>(SELECT_ENTRIES, { messageId }).map((row) => ({
    at: row.at,
    deliveryId: row.delivery_id,
    recipient: row.recipient,
    kind: row.kind,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.holder === null ? {} : { holder: row.holder }),
    ...(row.held_until === null ? {} : { until: row.held_until }),
    ...(row.times === null ? {} : { times: row.times }),
  }));
}
