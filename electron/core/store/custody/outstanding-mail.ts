import type { ContactId, DeliveryId, MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import { readReceipt } from './custodies';
import { FINISHED } from '../messages/delivery-rows';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { CustodyAsSender } from '../../ports/storage/custody-as-sender';
import { MAX_OUTSTANDING } from '../../domain/custody-limits';

type OutstandingMail = Pick<CustodyAsSender, 'outstanding' | 'deliveryOf'>;
type Outstanding = ReturnType<CustodyAsSender['outstanding']>[number];

/** Messages with holders that are not confirmed, and the delivery that a confirmation is about. */
export function createOutstandingMail({ sql }: Pick<StoreParts, 'sql'>): OutstandingMail {
  return {
    outstanding: (contactId) => outstanding(sql, contactId),
    deliveryOf: (by) => deliveryOf(sql, by),
  };
}

type OutstandingRow = { row: number; delivery_id: DeliveryId; rfc_message_id: string; counter: number };

const SELECT_OUTSTANDING = `
  SELECT d.row, d.id AS delivery_id, m.rfc_message_id, n.counter
  FROM delivery_counters n JOIN deliveries d ON d.row = n.delivery_row JOIN mail m ON m.row = d.message_row
  WHERE n.contact_id = $contactId AND d.state NOT IN ${FINISHED}
    AND EXISTS (SELECT 1 FROM custodies c WHERE c.delivery_row = d.row AND c.held_until IS NOT NULL)
  ORDER BY n.counter DESC LIMIT $limit`;

function outstanding(sql: SqlConnection, contactId: ContactId): Outstanding[] {
  const rows = sql.all<OutstandingRow>(SELECT_OUTSTANDING, { contactId, limit: MAX_OUTSTANDING });
  const query = `
    SELECT c.delivery_row, c.receipt FROM custodies c
    WHERE c.delivery_row IN (SELECT value FROM json_each($rows)) AND c.held_until IS NOT NULL ORDER BY c.row`;
  const receipts = sql.all<{ delivery_row: number; receipt: string }>(query, {
    rows: JSON.stringify(rows.map(({ row }) => row)),
  });
  return rows.map(({ row, delivery_id, rfc_message_id, counter }) => ({
    deliveryId: delivery_id,
    rfcMessageId: rfc_message_id,
    counter,
    receipts: receipts.filter((receipt) => receipt.delivery_row === row).map(({ receipt }) => readReceipt(receipt)),
  }));
}

/** A message may go to one mailbox under several tags: the address as it is comes first, then what is not over. */
function deliveryOf(
  sql: SqlConnection,
  { rfcMessageId, recipient }: { rfcMessageId: string; recipient: MailAddress },
): DeliveryId | undefined {
  const query = `
    SELECT d.id, d.recipient FROM messages m JOIN deliveries d ON d.message_row = m.row
    WHERE m.rfc_message_id = $rfcMessageId AND m.folder IS NOT 'drafts' ORDER BY d.recipient = $recipient DESC, d.state IN ${FINISHED}, d.row`;
  const rows = sql.all<{ id: DeliveryId; recipient: MailAddress }>(query, { rfcMessageId, recipient });
  return rows.find((row) => mailboxOf(row.recipient) === mailboxOf(recipient))?.id;
}
