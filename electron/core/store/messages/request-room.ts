import type { MailAddress, MessageId } from '../../../../shared/ids';
import { MAX_REQUESTS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import { hasRoomForIntroduced, makeRoomForRequest, requestsBudget } from '../../domain/request-budget';
import { specialRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection } from '../sql/sql-connection';

type Totals = { count: number; octets: number };
type RequestRow = { id: MessageId; from_address: MailAddress; seen: number; disk_octets: number };

const IN_REQUESTS = `FROM messages WHERE mailbox = ${specialRow('requests')}`;

/**
 * Looks, within the open transaction, whether a stranger's message finds room. Answers the requests that are to be
 * deleted for it, mostly none; undefined when there is no room. `free`: octets of the disk.
 */
export function roomForRequest(
  sql: SqlConnection,
  o: { readonly from: MailAddress; readonly octets: number; readonly free: number },
): MessageId[] | undefined {
  const taken = requestTotals(sql);
  const budget = requestsBudget(o.free + taken.octets);
  if (taken.count < MAX_REQUESTS && taken.octets + o.octets <= budget) return [];
  const kept = sql
    .all<RequestRow>(`SELECT id, from_address, seen, disk_octets ${IN_REQUESTS} ORDER BY sequence`)
    .map((row) => ({
      id: row.id,
      sender: mailboxOf(row.from_address),
      octets: row.disk_octets,
      isRead: row.seen === 1,
    }));
  return makeRoomForRequest({ kept, sender: mailboxOf(o.from), octets: o.octets, budget });
}

/** Whether the inbox has room for mail of somebody who was introduced and is no contact; `free`: octets of the disk. */
export function introducedHasRoom(
  sql: SqlConnection,
  { from, octets, free }: { readonly from: MailAddress; readonly octets: number; readonly free: number },
): boolean {
  const own = { count: 0, octets: 0 };
  const others = { count: 0, octets: 0 };
  for (const row of sql.all<Totals & { from_address: MailAddress }>(OF_INTRODUCED)) {
    const mailbox = mailboxOf(row.from_address);
    if (sql.get('SELECT 1 AS one FROM contacts WHERE address = $mailbox', { mailbox }) !== undefined) continue;
    const sum = mailbox === mailboxOf(from) ? own : others;
    sum.count += row.count;
    sum.octets += row.octets;
  }
  return hasRoomForIntroduced({ own, others, octets, free });
}

/** Without copies that another program of ours has made: nobody but us is to blame for them. */
const OF_INTRODUCED = `
  SELECT from_address, count(*) AS count, sum(disk_octets) AS octets FROM messages
  WHERE introduced_by IS NOT NULL AND kind = 'mail' AND email_id IS NULL GROUP BY from_address`;

/** Requests, read or not, and what they take on the disk. */
export function requestTotals(sql: SqlConnection): Totals {
  const query = `SELECT count(*) AS count, coalesce(sum(disk_octets), 0) AS octets ${IN_REQUESTS}`;
  return sql.get<Totals>(query) ?? { count: 0, octets: 0 };
}
