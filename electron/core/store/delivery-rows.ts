import type { DeliveryId, IdentityId, MailAddress, MessageId } from '../../../shared/ids';
import type { Delivery, DeliveryReason, DeliveryState } from '../../../shared/message';

export type DeliveryRow = {
  message_row: number;
  message_id: MessageId;
  id: DeliveryId;
  recipient: MailAddress;
  state: DeliveryState;
  reason: DeliveryReason;
  attempts: number;
  next_try_at: number | null;
  delivered_at: number | null;
  expires_at: number;
};

/** Selects `DeliveryRow`s; a WHERE and an ORDER BY follow. `d` is the delivery, `m` its message. */
export const SELECT_DELIVERIES = `
  SELECT d.message_row, m.id AS message_id, d.id, d.recipient, d.state, d.reason, d.attempts, d.next_try_at, d.delivered_at,
    d.expires_at
  FROM deliveries d JOIN messages m ON m.row = d.message_row`;

/** The states in which a delivery is over; the same list is in the index of the schema. */
export const FINISHED = `('delivered', 'failed', 'cancelled')`;

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
    expiresAt: row.expires_at,
  };
}
