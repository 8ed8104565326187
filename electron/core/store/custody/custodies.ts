import { isDeepStrictEqual } from 'node:util';
import type { ContactId, DeliveryId, OnionHost } from '../../../../shared/ids';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { Custody } from '../../ports/storage/custody-records';
import { requireContact } from '../contacts/contact-store';
import type { DeliveryRow } from '../messages/delivery-rows';
import { deliveryRow, FINISHED, SELECT_DELIVERIES, toDelivery } from '../messages/delivery-rows';
import { recordHistory } from '../messages/message-history';
import type { SqlConnection } from '../sql/sql-connection';
import type { SqlValue } from '../sql/sql-connection';
import { keepContent } from '../contents/keep-content';
import type { StoredContents } from '../contents/stored-contents';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { DAY_MS } from '../../domain/time';
import type { CustodyAsSender } from '../../ports/storage/custody-as-sender';

type Custodies = Pick<CustodyAsSender, 'custodies' | 'counterOf' | 'putCustody' | 'heldEnvelopeOf' | 'settleCustody'>;

/** A delivery lives longer than its last custody by this, so that the recipient's receipt can come back. */
const RECEIPT_TIME_MS = DAY_MS;

/** Copies of our messages that are with holders of their recipients, or on the way there. */
export function createCustodies(parts: StoreParts, contents: Pick<StoredContents, 'read'>): Custodies {
  const { sql, writer } = parts;
  return {
    custodies: (deliveryId) =>
      sql.all<CustodyRow>(`${SELECT_CUSTODIES} WHERE d.id = $deliveryId ORDER BY c.row`, { deliveryId }).map(toCustody),
    counterOf: (o) => writer.write(() => counterOf(sql, o)),
    putCustody: (o) =>
      writer.write(() => {
        putCustody(sql, o);
      }),
    heldEnvelopeOf: async (by) => {
      const query =
        'SELECT c.envelope FROM custodies c JOIN deliveries d ON d.row = c.delivery_row WHERE d.id = $deliveryId AND c.holder = $holder';
      const envelope = sql.get<{ envelope: SqlValue }>(query, by)?.envelope ?? null;
      return envelope === null ? undefined : contents.read(envelope);
    },
    settleCustody: (o) =>
      writer.write((emit) => {
        settle(parts, o, emit);
      }),
  };
}

type CustodyRow = {
  delivery_id: DeliveryId;
  holder: OnionHost;
  token: string;
  number: number;
  state: Custody['state'];
  receipt: string | null;
};

const SELECT_CUSTODIES = `
  SELECT d.id AS delivery_id, c.holder, c.token, c.number, c.state, c.receipt FROM custodies c JOIN deliveries d ON d.row = c.delivery_row`;

function toCustody(row: CustodyRow): Custody {
  return {
    deliveryId: row.delivery_id,
    holder: row.holder,
    token: row.token,
    tokenIndex: row.number,
    state: row.state,
    ...(row.receipt === null ? {} : { receipt: readReceipt(row.receipt) }),
  };
}

/** A stored receipt. */
export function readReceipt(json: string): CustodyReceipt {
  return JSON.parse(json) as CustodyReceipt;
}

/** Counted for each contact, so that the numbers tell them nothing of mail to others. */
function counterOf(
  sql: SqlConnection,
  { contactId, deliveryId }: { contactId: ContactId; deliveryId: DeliveryId },
): number {
  requireContact(sql, contactId);
  const { row } = deliveryRow(sql, deliveryId);
  const before = sql.get<{ counter: number }>('SELECT counter FROM delivery_counters WHERE delivery_row = $row', {
    row,
  });
  if (before !== undefined) return before.counter;
  sql.run(
    'INSERT INTO holder_counters (contact_id, value) VALUES ($contactId, 1) ON CONFLICT DO UPDATE SET value = value + 1',
    { contactId },
  );
  const counter =
    sql.get<{ value: number }>('SELECT value FROM holder_counters WHERE contact_id = $contactId', { contactId })
      ?.value ?? 1;
  sql.run('INSERT INTO delivery_counters (delivery_row, contact_id, counter) VALUES ($row, $contactId, $counter)', {
    row,
    contactId,
    counter,
  });
  return counter;
}

/** A holder that is tried again after it refused gets a new envelope under a new token. */
function putCustody(sql: SqlConnection, { custody, envelope }: Parameters<CustodyAsSender['putCustody']>[0]): void {
  const { row } = deliveryRow(sql, custody.deliveryId);
  sql.run(PUT_CUSTODY, {
    row,
    holder: custody.holder,
    token: custody.token,
    number: custody.tokenIndex,
    state: custody.state,
    until: custody.receipt?.until ?? null,
    receipt: custody.receipt === undefined ? null : JSON.stringify(custody.receipt),
    envelope: custody.state === 'sending' ? keepContent(sql, envelope) : null,
  });
}

const PUT_CUSTODY = `
  INSERT INTO custodies (delivery_row, holder, token, number, contact_id, state, held_until, receipt, envelope)
  VALUES ($row, $holder, $token, $number, (SELECT contact_id FROM delivery_counters WHERE delivery_row = $row), $state, $until, $receipt, $envelope)
  ON CONFLICT DO UPDATE SET token = $token, number = $number, state = $state, held_until = $until, receipt = $receipt, envelope = $envelope`;

/**
 * Writes nothing for a delivery that is gone, as that of a replaced control message; for a finished one only what the
 * holder said.
 */
function settle(
  parts: StoreParts,
  { deliveryId, holder, receipt }: Parameters<CustodyAsSender['settleCustody']>[0],
  emit: Emit,
): void {
  const { sql, identityId } = parts;
  const delivery = sql.get<DeliveryRow>(`${SELECT_DELIVERIES} WHERE d.id = $deliveryId`, { deliveryId });
  if (delivery === undefined) return;
  const changed = sql.run(
    `UPDATE custodies SET state = $state, receipt = $receipt, held_until = $until, envelope = NULL WHERE delivery_row = $row AND holder = $holder`,
    {
      row: delivery.row,
      holder,
      state: receipt === undefined ? 'refused' : 'held',
      receipt: receipt === undefined ? null : JSON.stringify(receipt),
      until: receipt?.until ?? null,
    },
  );
  if (changed === 0) return;
  if (receipt === undefined) sql.run(RELEASE_DELIVERY, { row: delivery.row });
  else {
    sql.run(NOTE_ACCEPTED, { row: delivery.row, holder });
    sql.run(HOLD_DELIVERY, { row: delivery.row, least: receipt.until + RECEIPT_TIME_MS });
    recordHistory(sql, delivery, { kind: 'held', at: receipt.at, holder, until: receipt.until });
  }
  const after = toDelivery(identityId, deliveryRow(sql, deliveryId));
  if (delivery.kind === 'mail' && !isDeepStrictEqual(after, toDelivery(identityId, delivery)))
    emit({ type: 'delivery.changed', delivery: after });
}

/** Copies of a delivery with holders, or on the way there, count no longer; false when there were none. */
export function releaseCustodies(sql: SqlConnection, row: number): boolean {
  const release = `UPDATE custodies SET state = 'refused', receipt = NULL, held_until = NULL, envelope = NULL WHERE delivery_row = $row AND state <> 'refused'`;
  return sql.run(release, { row }) > 0;
}

/** The holder accepted this number, so its list holds all numbers up to it. */
const NOTE_ACCEPTED = `
  UPDATE contact_holders SET accepted = max(accepted, c.number + 1), next_token = max(next_token, c.number + 1) FROM custodies c
  WHERE c.delivery_row = $row AND c.holder = $holder AND contact_holders.contact_id = c.contact_id AND contact_holders.holder = c.holder`;

/** No holder has a copy any more: the delivery waits for its recipient alone again. */
const RELEASE_DELIVERY = `
  UPDATE deliveries SET state = 'recipient-offline' WHERE row = $row AND state = 'held'
    AND NOT EXISTS (SELECT 1 FROM custodies c WHERE c.delivery_row = $row AND c.held_until IS NOT NULL)`;

const HOLD_DELIVERY = `
  UPDATE deliveries SET state = 'held', expires_at = max(expires_at, $least) WHERE row = $row AND state NOT IN ${FINISHED}`;
