import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Protection, ProtectionReason } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { authenticationResults } from '../../domain/served/authentication-results';
import { buildServed, type KnownMessage } from '../../domain/served/build-served';
import { MAX_HEADER_BYTES } from '../../domain/limits';
import { describeEdges } from '../../domain/served/describe-edges';
import { describeMessage, type ServedDescription } from '../../domain/served/describe-message';
import { contentRange } from '../contents/content-range';
import { attachmentsOf } from '../messages/attachment-rows';
import { specialRow } from '../mailboxes/mailbox-rows';
import { parseList } from '../messages/message-summaries';
import type { Chore } from '../sql/chores';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import { insertSealed, insertServed } from './served-rows';

/** `address`: our own, which says how much mail that arrived is worth. */
export type Serving = { readonly sql: SqlConnection; readonly address: MailAddress | undefined };

/** Messages made ready in one step, and octets of their texts: no more than one turn of the event loop may take. */
const STEP_ROWS = 20;
const STEP_OCTETS = 256 * 1_024;

/** Makes messages ready for other programs that were written here; what arrived earlier is unsealed once more. */
export function unservedMessages(serving: Serving): Chore {
  const { sql } = serving;
  return {
    isLeft: () => sql.get('SELECT 1 AS one FROM unserved WHERE is_older = 0 LIMIT 1') !== undefined,
    doSome: () => {
      let octets = 0;
      for (const { row, size } of sql.all<{ row: number; size: number }>(SELECT_UNSERVED, { limit: STEP_ROWS })) {
        if (octets > 0 && octets + size > STEP_OCTETS) return;
        serveStored(serving, row);
        octets += size;
      }
    },
  };
}

const SELECT_UNSERVED = `
  SELECT u.message_row AS row, coalesce(octet_length(b.text), 0) + coalesce(octet_length(b.html), 0) AS size
  FROM unserved u LEFT JOIN bodies b ON b.message_row = u.message_row
  WHERE u.is_older = 0 ORDER BY u.message_row LIMIT $limit`;

/**
 * Builds from what is stored what other programs see of a message that has nothing to be seen yet, the same whenever it
 * is done; call it in a transaction.
 */
export function serveStored(serving: Serving, row: number): void {
  const { sql, address } = serving;
  const found = sql.get<StoredRow>(SELECT_STORED, { row });
  if (found === undefined) sql.run('DELETE FROM unserved WHERE message_row = $row', { row });
  else insertServed(sql, row, buildServed({ ...knownOf(found, address), attachments: attachmentsOf(sql, row) }));
}

type StoredRow = {
  from_address: MailAddress;
  recipients: string;
  copies: string;
  hidden: string;
  subject: string;
  date: number;
  rfc_message_id: string | null;
  in_reply_to: string | null;
  reference_ids: string;
  protection: Protection;
  protection_reason: ProtectionReason;
  signer: Fingerprint | null;
  introduced_by: string | null;
  text: string;
  html: string | null;
};

const SELECT_STORED = `
  SELECT m.from_address, coalesce(m.typed_to, m.to_addresses) AS recipients, coalesce(m.typed_cc, m.cc_addresses) AS copies,
    coalesce(m.typed_bcc, m.bcc_addresses) AS hidden, m.subject, m.date, m.rfc_message_id, m.in_reply_to, m.reference_ids,
    m.protection, m.protection_reason, m.signer, m.introduced_by, b.text, b.html
  FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.row = $row`;

function knownOf(row: StoredRow, address: MailAddress | undefined): Omit<KnownMessage, 'attachments'> {
  return {
    onTop: address === undefined || row.protection === 'own' ? '' : resultsOf(row, address),
    from: row.from_address,
    to: parseList(row.recipients),
    cc: parseList(row.copies),
    bcc: parseList(row.hidden),
    subject: row.subject,
    date: row.date,
    ...present({
      messageId: row.rfc_message_id ?? undefined,
      inReplyTo: row.in_reply_to ?? undefined,
      html: row.html ?? undefined,
    }),
    references: parseList(row.reference_ids),
    text: row.text,
  };
}

function resultsOf(row: StoredRow, by: MailAddress): string {
  return authenticationResults({
    by,
    from: row.from_address,
    protection: row.protection,
    protectionReason: row.protection_reason,
    ...present({ signedBy: row.signer ?? undefined }),
    ...(row.introduced_by === null ? {} : { introducedBy: parseList<MailAddress>(row.introduced_by) }),
  });
}

/** Where the octets are that came over the wire; what is still being sent may be sealed anew. */
export const SELECT_WIRE_COPY = `
  SELECT w.content FROM wire_copies w JOIN messages m ON m.row = w.message_row
  WHERE w.message_row = $row AND w.is_raw = 1 AND m.mailbox <> ${specialRow('outbox')}`;

/**
 * Describes the wire copy of a message, if it has one and was not described before; call it in a transaction. Its form
 * was checked when it came.
 */
export function serveSealed(sql: SqlConnection, row: number): void {
  if (sql.get('SELECT 1 AS one FROM served_sealed WHERE message_row = $row', { row }) !== undefined) return;
  const copy = sql.get<{ content: SqlValue }>(SELECT_WIRE_COPY, { row });
  if (copy === undefined) return;
  insertSealed(sql, row, sealedDescription(sql, copy.content));
}

/** Of a large wire copy, octets of the beginning and the end by which it is described; the header is in the first. */
const HEAD_OCTETS = 2 * MAX_HEADER_BYTES;
const TAIL_OCTETS = 64 * 1_024;

/** Never looks through more than both ends: a peer decides how long a letter is, and the core's thread waits. */
function sealedDescription(sql: SqlConnection, content: SqlValue): ServedDescription {
  const size = typeof content === 'number' ? contentSize(sql, content) : 0;
  const read = (from: number, to: number): Uint8Array => contentRange(sql, content, { from, to });
  const skipped = size - HEAD_OCTETS - TAIL_OCTETS;
  if (skipped <= 0) return describeMessage(read(0, HEAD_OCTETS + TAIL_OCTETS));
  return describeEdges({ head: read(0, HEAD_OCTETS), tail: read(size - TAIL_OCTETS, size), skipped });
}

function contentSize(sql: SqlConnection, row: number): number {
  return sql.get<{ size: number }>('SELECT size FROM contents WHERE row = $row', { row })?.size ?? 0;
}
