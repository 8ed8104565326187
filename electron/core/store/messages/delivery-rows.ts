import { PosthornError } from '../../../../shared/errors';
import type { DeliveryId, IdentityId, MailAddress, MessageId } from '../../../../shared/ids';
import type { Delivery, DeliveryReason, DeliveryState } from '../../../../shared/message';
import type { SqlConnection } from '../sql/sql-connection';

export type DeliveryRow = {
  row: number;
  message_row: number;
  kind: 'mail' | 'note';
  message_id: MessageId;
  id: DeliveryId;
  recipient: MailAddress;
  state: DeliveryState;
  reason: DeliveryReason;
  attempts: number;
  next_try_at: number | null;
  delivered_at: number | null;
  expires_at: number;
  read_at: number | null;
  tried_ms: number;
  last_try_at: number | null;
  held_by: number;
  held_until: number | null;
};

/**
 * Selects `DeliveryRow`s; a WHERE and an ORDER BY follow. `d` is the delivery, `m` its message. `CROSS JOIN` keeps
 * SQLite from walking through all messages ever written to find the few deliveries that are not over.
 */
export const SELECT_DELIVERIES = `
  SELECT d.row, d.message_row, m.kind, m.id AS message_id, d.id, d.recipient, d.state, d.reason, d.attempts, d.next_try_at, d.delivered_at,
    d.expires_at, d.read_at, d.tried_ms, d.last_try_at,
    (SELECT count(*) FROM custodies c WHERE c.delivery_row = d.row AND c.held_until IS NOT NULL) AS held_by,
    (SELECT max(c.held_until) FROM custodies c WHERE c.delivery_row = d.row AND c.held_until IS NOT NULL) AS held_until
  FROM deliveries d CROSS JOIN messages m ON m.row = d.message_row`;

/** The states in which a delivery is over; the same list is in the index of the schema. */
export const FINISHED = `('delivered', 'failed', 'cancelled')`;

/** Throws `delivery-unknown`. */
export function deliveryRow(sql: SqlConnection, id: DeliveryId): DeliveryRow {
  const row = sql.get<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $id`, { id });
  if (row === undefined)
    throw new PosthornError('delivery-unknown', 'This delivery is no longer in the outbox. Nothing was changed.');
  return row;
}

export function toDelivery(identityId: IdentityId, row: DeliveryRow): Delivery {
  return {
    id: row.id,
    identityId,
    messageId: row.message_id,
    recipient: row.recipient,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    ...(row.next_try_at === null ? {} : { nextTryAt: row.next_try_at }),
    ...(row.delivered_at === null ? {} : { deliveredAt: row.delivered_at }),
    ...(row.held_by === 0 ? {} : { heldBy: row.held_by }),
    ...(row.held_until === null ? {} : { heldUntil: row.held_until }),
    ...(row.read_at === null ? {} : { readAt: row.read_at }),
    expiresAt: row.expires_at,
  };
}
