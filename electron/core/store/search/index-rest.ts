import { INDEX_STEP_BYTES, INDEX_STEP_ROWS } from '../../domain/limits';
import { rejoinConversations } from '../conversations/join-conversations';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { indexMessage } from './search-index';

/**
 * Indexes some of the messages that an earlier version indexed otherwise, newest first, and joins the conversations
 * that it left apart; call it in a transaction. False when none was left.
 */
export function indexRest(parts: Pick<StoreParts, 'sql' | 'identityId'>, emit: Emit): boolean {
  const { sql } = parts;
  const rows = sql.all<{ row: number; size: number }>(SELECT_REST, { limit: INDEX_STEP_ROWS });
  let size = 0;
  for (const { row, size: more } of rows) {
    if (size > 0 && size + more > INDEX_STEP_BYTES) break;
    indexMessage(sql, row);
    rejoinConversations(parts, row, emit);
    size += more;
  }
  return rows.length > 0;
}

/** Whether every message is in the index of today. */
export function isIndexed(sql: SqlConnection): boolean {
  return sql.get('SELECT 1 AS one FROM unindexed LIMIT 1') === undefined;
}

const SELECT_REST = `
  SELECT u.message_row AS row, 1 + octet_length(b.text) AS size FROM unindexed u JOIN bodies b ON b.message_row = u.message_row
  ORDER BY u.message_row DESC LIMIT $limit`;
