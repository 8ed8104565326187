import type { Keyword } from '../../../../shared/ids';
import type { MailboxUids } from '../../ports/storage/mailboxes';
import type { SqlConnection } from '../sql/sql-connection';

/** UIDs along their index, which SQLite makes to one text: a row for each would cost ten times as much. */
export function uidsOf(
  sql: SqlConnection,
  row: number,
  { afterUid, limit }: { readonly afterUid: number; readonly limit: number },
): MailboxUids {
  const found = sql.get<{ uids: string; unseen: number | null }>(SELECT_UIDS, { row, afterUid, limit });
  const uids = JSON.parse(found?.uids ?? '[]') as number[];
  return { uids, ...(typeof found?.unseen === 'number' ? { firstUnseen: found.unseen } : {}) };
}

const SELECT_UIDS = `
  SELECT json_group_array(uid) AS uids, min(CASE WHEN seen = 0 THEN uid END) AS unseen FROM (
    SELECT m.uid, m.seen FROM messages m INDEXED BY messages_by_uid
    WHERE m.mailbox = $row AND m.uid IS NOT NULL AND m.uid > $afterUid ORDER BY m.uid LIMIT $limit)`;

/** Goes from one keyword to the next along their index, however many messages have each. */
export function keywordsInUse(sql: SqlConnection, limit: number): Keyword[] {
  return sql.all<{ keyword: Keyword }>(SELECT_KEYWORDS, { limit }).map(({ keyword }) => keyword);
}

const SELECT_KEYWORDS = `
  WITH RECURSIVE used (keyword) AS (
    SELECT min(keyword) FROM keywords
    UNION ALL SELECT (SELECT min(k.keyword) FROM keywords k WHERE k.keyword > used.keyword) FROM used WHERE keyword IS NOT NULL
    LIMIT $limit
  ) SELECT keyword FROM used WHERE keyword IS NOT NULL`;
