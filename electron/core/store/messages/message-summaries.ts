import type { Fingerprint, IdentityId, Keyword, MailAddress, MailboxId, MessageId } from '../../../../shared/ids';
import type { Delivery, Folder, MessageSummary, Protection, ProtectionReason } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { plainLine } from '../../../../shared/text/plain-line';
import { wellFormed } from '../../../../shared/text/well-formed';
import type { DeliveryRow } from './delivery-rows';
import { SELECT_DELIVERIES, toDelivery } from './delivery-rows';
import type { SqlConnection, SqlParameters } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { MessageSummaries } from '../sql/store-parts';

type SummaryRow = {
  row: number;
  id: MessageId;
  mailbox_id: MailboxId;
  folder: Folder | null;
  keywords: string;
  sequence: number;
  thread_id: string;
  from_address: MailAddress;
  to_addresses: string;
  cc_addresses: string;
  subject: string;
  preview: string;
  date: number;
  stored_at: number;
  ordered_at: number;
  seen: number;
  flagged: number;
  answered: number;
  attachment_count: number;
  size: number;
  protection: Protection;
  protection_reason: ProtectionReason;
  introduced_by: string | null;
  dropped_attachments: number | null;
  signer: Fingerprint | null;
  signer_revoked: number | null;
  written_from: string | null;
};

/** Reads list rows with their deliveries: two statements however many rows there are. */
export function createMessageSummaries(o: {
  readonly sql: SqlConnection;
  readonly identityId: IdentityId;
}): MessageSummaries {
  const select = (tail: string, parameters: SqlParameters = {}): MessageSummary[] => {
    const rows = o.sql.all<SummaryRow>(`${SELECT_SUMMARIES} ${tail}`, parameters);
    const deliveries = deliveriesOf(o, rows);
    return rows.map((row) => toSummary(o.identityId, row, deliveries.get(row.row) ?? []));
  };
  return {
    select,
    ofRow: (row) => {
      const [summary] = select('WHERE m.row = $row', { row });
      if (summary === undefined) throw unknownMessage();
      return summary;
    },
  };
}

/** A stored list of addresses or Message-IDs. */
export function parseList<T extends string>(json: string): T[] {
  return JSON.parse(json) as T[];
}

const SELECT_SUMMARIES = `
  SELECT m.row, m.id, (SELECT b.id FROM mailboxes b WHERE b.row = m.mailbox) AS mailbox_id, m.folder,
    (SELECT json_group_array(k.keyword) FROM keywords k WHERE k.message_row = m.row) AS keywords, m.sequence, m.thread_id, m.from_address, m.to_addresses, m.cc_addresses, m.subject, m.preview,
    m.date, m.stored_at, m.ordered_at, m.seen, m.flagged, m.answered, m.attachment_count, m.size, m.protection, m.protection_reason,
    m.introduced_by, m.dropped_attachments, m.signer,
    CASE WHEN m.introduced_by IS NULL THEN 0 ELSE (SELECT k.revoked FROM ring_keys k WHERE k.fingerprint = m.signer) END AS signer_revoked,
    CASE WHEN m.protection_reason = 'put-by-program'
      THEN (SELECT json_extract(s.fields, '$.from') FROM served s WHERE s.message_row = m.row) END AS written_from
  FROM mail m`;

/** Only own mail has deliveries, so a page of the inbox asks nothing. */
function deliveriesOf(
  { sql, identityId }: Parameters<typeof createMessageSummaries>[0],
  rows: readonly SummaryRow[],
): Map<number, Delivery[]> {
  const own = rows.filter(({ protection }) => protection === 'own').map(({ row }) => row);
  const found = new Map<number, Delivery[]>();
  if (own.length === 0) return found;
  const query = `${SELECT_DELIVERIES} WHERE d.message_row IN (SELECT value FROM json_each($rows)) ORDER BY d.row`;
  for (const row of sql.all<DeliveryRow>(query, { rows: JSON.stringify(own) })) {
    const list = found.get(row.message_row) ?? [];
    list.push(toDelivery(identityId, row));
    found.set(row.message_row, list);
  }
  return found;
}

const MAX_WRITTEN_FROM = 320;

/** Undefined where it names the onion that `from` is. */
function writtenFrom({ written_from: written, from_address: from }: SummaryRow): string | undefined {
  if (written === null || written.toLowerCase().includes(from)) return undefined;
  return wellFormed(plainLine(written.slice(0, 4 * MAX_WRITTEN_FROM)).slice(0, MAX_WRITTEN_FROM));
}

function toSummary(identityId: IdentityId, row: SummaryRow, deliveries: Delivery[]): MessageSummary {
  return {
    id: row.id,
    identityId,
    mailboxId: row.mailbox_id,
    ...(row.folder === null ? {} : { folder: row.folder }),
    ...(row.keywords === '[]' ? {} : { keywords: parseList<Keyword>(row.keywords) }),
    sequence: row.sequence,
    threadId: row.thread_id,
    from: row.from_address,
    ...present({ writtenFrom: writtenFrom(row) }),
    to: parseList(row.to_addresses),
    cc: parseList(row.cc_addresses),
    subject: row.subject,
    preview: row.preview,
    date: row.date,
    storedAt: row.stored_at,
    orderedAt: row.ordered_at,
    seen: row.seen === 1,
    flagged: row.flagged === 1,
    answered: row.answered === 1,
    attachmentCount: row.attachment_count,
    size: row.size,
    protection: row.protection,
    protectionReason: row.protection_reason,
    deliveries,
    ...(row.introduced_by === null ? {} : { introducedBy: parseList<MailAddress>(row.introduced_by) }),
    ...(row.signer === null ? {} : { signedBy: row.signer }),
    ...(row.signer_revoked === 1 ? { signerRevoked: true } : {}),
    ...(row.dropped_attachments === null ? {} : { droppedAttachments: row.dropped_attachments }),
  };
}
