import type { IdentityId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import type { SqlConnection } from '../sql/sql-connection';
import { readMailboxes } from './mailbox-store';

/** Mailboxes with a higher MODSEQ than this, and the newest MODSEQ that was given. */
export function touchedSince(
  sql: SqlConnection,
  identityId: IdentityId,
  modseq: number,
): { readonly mailboxes: readonly MailboxSummary[]; readonly modseq: number } {
  const query = `SELECT value FROM counters WHERE name = 'modseq'`;
  const newest = sql.get<{ value: number }>(query)?.value ?? 0;
  if (newest === modseq) return { mailboxes: [], modseq };
  return { mailboxes: readMailboxes(sql, identityId, 'WHERE m.highest_modseq > $modseq', { modseq }), modseq: newest };
}
