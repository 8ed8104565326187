import type { DeliveryId } from '../../../../shared/ids';
import type { Delivery, DeliveryState } from '../../../../shared/message';
import type { DeliveryChange } from '../../domain/delivery-outcome';
import type { DeliveryRow } from '../messages/delivery-rows';
import { deliveryRow, FINISHED, toDelivery } from '../messages/delivery-rows';
import type { NewEntry } from '../messages/message-history';
import { lastEntry, recordHistory } from '../messages/message-history';
import { specialRow } from '../mailboxes/mailbox-rows';
import { dropEnclosures } from './enclosures';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

/**
 * Writes the outcome of a try. A delivery with a holder's receipt is `held` all the time between two tries, whatever
 * their outcome: its message is out of the sender's hands. Only `delivering` and the three ends replace that state. A
 * delivery without a receipt is never `held`. Throws `delivery-unknown`.
 */
export function changeDelivery(
  parts: StoreParts,
  { id, change }: { id: DeliveryId; change: DeliveryChange },
  emit: Emit,
): Delivery {
  const { sql, identityId } = parts;
  const before = deliveryRow(sql, id);
  const state = stateOf(before, change.state);
  // Asked again and again while tor is away: what stays as it is costs no write.
  if (state !== change.state && isSame(before, { ...change, state })) return toDelivery(identityId, before);
  writeChange(sql, id, { ...change, state });
  const entry = entryOf(sql, before, change);
  if (entry !== undefined) recordHistory(sql, before, entry);
  const delivery = toDelivery(identityId, deliveryRow(sql, id));
  if (state === 'delivered') sql.run(DROP_CODE, { id });
  // Tokens of copies that no holder has answered for are free again.
  if (isOver(state))
    sql.run("DELETE FROM custodies WHERE delivery_row = $row AND state = 'sending'", { row: before.row });
  if (before.kind === 'note') dropFinishedControl(parts, before, emit);
  else {
    emit({ type: 'delivery.changed', delivery });
    moveWhenFinished(parts, before.message_row, emit);
  }
  return delivery;
}

/** The code of their card came with it; until then each mail to them carries it. */
const DROP_CODE = 'DELETE FROM codes_to_send WHERE code = (SELECT scan_code FROM deliveries WHERE id = $id)';

const ENDS: readonly DeliveryState[] = ['delivered', 'failed', 'cancelled'];

function isOver(state: DeliveryState): boolean {
  return ENDS.includes(state);
}

function stateOf({ held_by }: DeliveryRow, wanted: DeliveryState): DeliveryState {
  if (wanted === 'delivering' || isOver(wanted)) return wanted;
  if (held_by > 0) return 'held';
  return wanted === 'held' ? 'recipient-offline' : wanted;
}

function isSame(before: DeliveryRow, change: DeliveryChange): boolean {
  return (
    change.tried === undefined &&
    before.state === change.state &&
    before.reason === change.reason &&
    before.attempts === change.attempts &&
    before.next_try_at === (change.nextTryAt ?? null)
  );
}

function writeChange(sql: SqlConnection, id: DeliveryId, change: DeliveryChange): void {
  sql.run(
    `UPDATE deliveries SET state = $state, reason = $reason, attempts = $attempts, next_try_at = $nextTryAt, delivered_at = $deliveredAt,
       tried_ms = coalesce($triedMs, tried_ms), last_try_at = coalesce($lastTryAt, last_try_at)
     WHERE id = $id`,
    {
      id,
      state: change.state,
      reason: change.reason,
      attempts: change.attempts,
      nextTryAt: change.nextTryAt ?? null,
      deliveredAt: change.deliveredAt ?? null,
      triedMs: change.tried?.ms ?? null,
      lastTryAt: change.tried?.at ?? null,
    },
  );
}

/**
 * What the change adds to the history: an end, or a try that was counted. That the recipient's own machine took it
 * follows from its receipt.
 */
function entryOf(sql: SqlConnection, before: DeliveryRow, change: DeliveryChange): NewEntry | undefined {
  if (!isOver(change.state))
    return change.attempts > before.attempts
      ? { kind: 'tried', at: timeOf(sql, before, change), reason: change.reason }
      : undefined;
  if (change.state === before.state) return undefined;
  const at = timeOf(sql, before, change);
  if (change.state === 'failed') return { kind: 'failed', at, reason: change.reason };
  if (change.state === 'cancelled') return { kind: 'cancelled', at };
  return lastEntry(sql, before.row)?.kind === 'delivered' ? undefined : { kind: 'accepted', at };
}

/** The time that the change names, else that of the last entry, else that of the last try. */
function timeOf(sql: SqlConnection, before: DeliveryRow, { at, deliveredAt, tried }: DeliveryChange): number {
  return at ?? deliveredAt ?? tried?.at ?? lastEntry(sql, before.row)?.at ?? before.last_try_at ?? 0;
}

/**
 * Outbox → Sent with the last delivery; copies for single recipients (Bcc), and what was to go into them, are of no use
 * from then on.
 */
function moveWhenFinished({ sql, summaries }: StoreParts, row: number, emit: Emit): void {
  const moved = sql.run(
    `UPDATE messages SET mailbox = $sent WHERE row = $row AND folder = 'outbox' AND ${NOTHING_LEFT}`,
    { row, sent: specialRow('sent') },
  );
  if (moved === 0) return;
  sql.run('DELETE FROM wire_copies WHERE message_row = $row AND is_raw = 0', { row });
  dropEnclosures(sql, row);
  emit({ type: 'message.changed', message: summaries.ofRow(row) });
}

const NOTHING_LEFT = `NOT EXISTS (SELECT 1 FROM deliveries WHERE message_row = $row AND state NOT IN ${FINISHED})`;

/**
 * A control message is in no folder, so it is deleted when its last delivery is finished. That a holder has its tokens
 * shows in the overview of holders.
 */
function dropFinishedControl({ sql, identityId }: StoreParts, { message_row: row }: DeliveryRow, emit: Emit): void {
  const { topic } = sql.get<{ topic: string }>(SELECT_TOPIC, { row }) ?? { topic: '' };
  const dropped = sql.run(`DELETE FROM messages WHERE row = $row AND kind = 'note' AND ${NOTHING_LEFT}`, { row });
  if (dropped > 0 && topic.startsWith('hold.tokens ')) emit({ type: 'holding.changed', identityId });
}

const SELECT_TOPIC = 'SELECT note_topic AS topic FROM parcels WHERE message_row = $row';
