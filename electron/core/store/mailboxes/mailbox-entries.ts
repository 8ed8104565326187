import { PosthornError } from '../../../../shared/errors';
import type { Keyword, MessageId } from '../../../../shared/ids';
import type { MailboxEntry, MailboxState } from '../../ports/storage/mailboxes';
import type { SqlConnection } from '../sql/sql-connection';
import { specialRow } from './mailbox-rows';

/** What is kept of a mailbox: nothing is counted. */
export function stateOf(sql: SqlConnection, row: number): MailboxState {
  const query = `SELECT uid_validity AS uidValidity, uid_next AS uidNext, highest_modseq AS highestModseq, messages, unseen,
    (SELECT count(*) FROM messages m WHERE m.mailbox = mailboxes.row AND m.deleted = 1 AND m.uid IS NOT NULL) AS deleted, octets
    FROM mailboxes WHERE row = $row`;
  const found = sql.get<MailboxState>(query, { row });
  if (found === undefined) throw new PosthornError('mailbox-unknown', 'This mailbox is not there any more.');
  return { ...found };
}

type EntryRow = {
  uid: number;
  modseq: number;
  id: MessageId;
  seen: number;
  flagged: number;
  answered: number;
  deleted: number;
  draft: number;
  saved_at: number;
  size: number;
  keywords: string | null;
};

const COLUMNS = `m.uid, m.modseq, m.id, m.seen, m.flagged, m.answered, m.deleted,
  m.draft = 1 OR m.mailbox = ${specialRow('drafts')} AS draft, m.saved_at, m.size,
  (SELECT json_group_array(k.keyword) FROM keywords k WHERE k.message_row = m.row) AS keywords`;

type Asked = {
  readonly afterUid?: number;
  readonly changedSince?: number;
  readonly uids?: readonly number[];
  readonly limit: number;
};

/** Along the index of UIDs or, where few have changed, that of MODSEQs, which must be sorted anew for every page. */
export function entriesOf(sql: SqlConnection, row: number, o: Asked): MailboxEntry[] {
  const since = o.changedSince ?? -1;
  const isAlongModseq = o.uids === undefined && o.changedSince !== undefined && haveFewChanged(sql, row, since);
  const query = `SELECT ${COLUMNS} FROM messages m INDEXED BY ${isAlongModseq ? 'messages_by_modseq' : 'messages_by_uid'}
    WHERE m.mailbox = $row AND m.uid > $afterUid AND m.uid IS NOT NULL AND m.modseq > $since
      ${o.uids === undefined ? '' : 'AND m.uid IN (SELECT value FROM json_each($uids))'} ORDER BY m.uid LIMIT $limit`;
  const uids = o.uids === undefined ? {} : { uids: JSON.stringify(o.uids) };
  return sql.all<EntryRow>(query, { row, afterUid: o.afterUid ?? 0, since, limit: o.limit, ...uids }).map(toEntry);
}

/** More than this and the whole index of UIDs is gone through sooner. */
const FEW = 500;

function haveFewChanged(sql: SqlConnection, row: number, since: number): boolean {
  const query = `SELECT count(*) AS count FROM (SELECT 1 FROM messages m INDEXED BY messages_by_modseq
    WHERE m.mailbox = $row AND m.uid IS NOT NULL AND m.modseq > $since LIMIT $limit)`;
  return (sql.get<{ count: number }>(query, { row, since, limit: FEW + 1 })?.count ?? 0) <= FEW;
}

function toEntry(row: EntryRow): MailboxEntry {
  return {
    uid: row.uid,
    modseq: row.modseq,
    messageId: row.id,
    seen: row.seen === 1,
    flagged: row.flagged === 1,
    answered: row.answered === 1,
    deleted: row.deleted === 1,
    draft: row.draft === 1,
    keywords: row.keywords === null || row.keywords === '[]' ? [] : (JSON.parse(row.keywords) as Keyword[]),
    savedAt: row.saved_at,
    size: row.size,
  };
}

/** Undefined when some of them are forgotten. */
export function expungedSince(sql: SqlConnection, row: number, modseq: number): number[] | undefined {
  const query = 'SELECT forgotten_modseq AS forgotten FROM mailboxes WHERE row = $row';
  if (modseq < (sql.get<{ forgotten: number }>(query, { row })?.forgotten ?? 0)) return undefined;
  return sql
    .all<{ uid: number }>('SELECT uid FROM expunged WHERE mailbox = $row AND modseq > $modseq ORDER BY uid', {
      row,
      modseq,
    })
    .map(({ uid }) => uid);
}
