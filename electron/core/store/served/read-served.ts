import { baseSubject } from '../../domain/served/base-subject';
import { firstMailbox } from '../../domain/served/first-mailbox';
import type { ServedFields } from '../../domain/served/served-octets';
import type { ServedForm, ServedMessage } from '../../domain/served/served-message';
import type { ServedSortRow } from '../../ports/storage/served-mail';
import type { SqlConnection } from '../sql/sql-connection';
import { storedEntity } from './served-rows';

type ServedRow = {
  uid: number;
  email_id: string;
  thread_id: string;
  stored_at: number;
  date: number;
  saved_at: number;
  preview: string;
  size: number;
  envelope: string;
  body_structure: string;
  body: string;
  entity: string;
  is_sealed: number;
};

const CHOSEN = ['size', 'envelope', 'body_structure', 'body', 'entity'];

/** In the sealed form what has a wire copy is told of as that is. */
const columns = (form: ServedForm): string =>
  form === 'sealed'
    ? `${CHOSEN.map((name) => `coalesce(c.${name}, s.${name}) AS ${name}`).join(', ')}, c.size IS NOT NULL AS is_sealed`
    : `${CHOSEN.map((name) => `s.${name}`).join(', ')}, 0 AS is_sealed`;

const joined = (form: ServedForm): string =>
  `JOIN served s ON s.message_row = m.row${form === 'sealed' ? ' LEFT JOIN served_sealed c ON c.message_row = m.row' : ''}`;

/** Of these rows what is ready for other programs, by UID. */
export function readServed(sql: SqlConnection, form: ServedForm, rows: readonly number[]): ServedMessage[] {
  const query = `SELECT m.uid, coalesce(m.email_id, m.id) AS email_id, m.thread_id, m.stored_at, m.date, m.saved_at, m.preview,
      ${columns(form)}
    FROM messages m ${joined(form)} WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.uid`;
  return sql.all<ServedRow>(query, { rows: JSON.stringify(rows) }).map((row) => ({
    uid: row.uid,
    emailId: row.email_id,
    threadId: objectId(row.thread_id),
    internalDate: row.stored_at,
    sentDate: row.date,
    savedAt: row.saved_at,
    preview: row.is_sealed === 1 ? '' : row.preview,
    size: row.size,
    envelope: row.envelope,
    bodyStructure: row.body_structure,
    body: row.body,
    entity: storedEntity(row.entity),
  }));
}

/** Names of conversations that began here are Message-IDs, which have signs that an id of RFC 8474 4 has not. */
function objectId(threadId: string): string {
  return threadId.replaceAll(/[^\w-]/g, '_').slice(0, 255);
}

type SortRow = { uid: number; stored_at: number; date: number; size: number; fields: string; thread_id: string };

export function readSortRows(sql: SqlConnection, form: ServedForm, rows: readonly number[]): ServedSortRow[] {
  const size = form === 'sealed' ? 'coalesce(c.size, s.size)' : 's.size';
  const query = `SELECT m.uid, m.stored_at, m.date, ${size} AS size, s.fields, m.thread_id
    FROM messages m ${joined(form)} WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.uid`;
  return sql.all<SortRow>(query, { rows: JSON.stringify(rows) }).map((row) => {
    const fields = JSON.parse(row.fields) as ServedFields;
    return {
      uid: row.uid,
      arrival: row.stored_at,
      date: row.date,
      size: row.size,
      subject: baseSubject(fields.subject),
      from: firstMailbox(fields.from),
      to: firstMailbox(fields.to),
      cc: firstMailbox(fields.cc),
      threadId: row.thread_id,
    };
  });
}

/** What is not ready yet counts as large as it came. */
export function sizeOfMailbox(sql: SqlConnection, mailbox: number, form: ServedForm): number {
  const size = form === 'sealed' ? 'max(m.size, coalesce(s.size, 0))' : 'coalesce(s.size, m.size)';
  const query = `SELECT coalesce(sum(${size}), 0) AS octets FROM messages m LEFT JOIN served s ON s.message_row = m.row
    WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL`;
  return sql.get<{ octets: number }>(query, { mailbox })?.octets ?? 0;
}
