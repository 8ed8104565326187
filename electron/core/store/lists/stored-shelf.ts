import { EntryId } from '../../../../shared/mailing-lists/mailing-list';
import { readEntryStatement, type Entry } from '../../domain/lists/entry';
import type { EntryShelf, LogHead } from '../../domain/lists/entry-shelf';
import { present } from '../../../../shared/present';
import { fromBlob, toBlob, type SqlConnection, type SqlRow } from '../sql/sql-connection';
import { damaged } from './list-damage';

/** Entries and logs of the list in this row. Call `put` within an open transaction. */
export function storedShelf(sql: SqlConnection, list: number): EntryShelf {
  return {
    logs: () => sql.all<LogRow>(`${SELECT_LOGS} ORDER BY author, install, lane`, { list }).map(toHead),
    log: ({ author, install, lane }) => {
      const row = sql.get<LogRow>(`${SELECT_LOGS} AND ${OF_LOG}`, { list, author, install, lane });
      return row && toHead(row);
    },
    entries: ({ author, install, lane, from, limit = -1 }) =>
      sql
        .all<EntryRow>(`${SELECT_ENTRIES} AND ${OF_LOG} AND number >= $from ORDER BY number, row LIMIT $limit`, {
          list,
          author,
          install,
          lane,
          from,
          limit,
        })
        .map(toEntry),
    at: ({ author, install, lane, number }) =>
      sql
        .all<EntryRow>(`${SELECT_ENTRIES} AND ${OF_LOG} AND number = $number ORDER BY row`, {
          list,
          author,
          install,
          lane,
          number,
        })
        .map(toEntry),
    has: (id) =>
      sql.get('SELECT 1 AS found FROM list_entries WHERE list = $list AND id = $id', { list, id }) !== undefined,
    put: ({ entry, head, isBranch }) => {
      sql.run(PUT_LOG, { list, ...toColumns(head) });
      sql.run(PUT_ENTRY, {
        list,
        id: entry.id,
        author: entry.author,
        install: entry.install,
        lane: entry.lane,
        number: entry.number,
        isUnfiled: entry.kind === 'post' && !isBranch ? 1 : 0,
        statement: entry.statement,
        signature: entry.signature,
        body: toBlob(entry.body),
      });
    },
  };
}

const OF_LOG = 'author = $author AND install = $install AND lane = $lane';
const SELECT_LOGS = `
  SELECT author, install, lane, next, head, last_at AS lastAt, day, posts, octets, forked_at AS forkedAt
  FROM list_logs WHERE list = $list`;
const SELECT_ENTRIES = 'SELECT id, statement, signature, body FROM list_entries WHERE list = $list';
const PUT_LOG = `
  INSERT INTO list_logs (list, author, install, lane, next, head, last_at, day, posts, octets, forked_at)
  VALUES ($list, $author, $install, $lane, $next, $head, $lastAt, $day, $posts, $octets, $forkedAt)
  ON CONFLICT DO UPDATE SET next = $next, head = $head, last_at = $lastAt, day = $day, posts = $posts,
    octets = $octets, forked_at = $forkedAt`;
const PUT_ENTRY = `
  INSERT INTO list_entries (list, id, author, install, lane, number, is_unfiled, statement, signature, body)
  VALUES ($list, $id, $author, $install, $lane, $number, $isUnfiled, $statement, $signature, $body)`;

type LogRow = SqlRow & Record<keyof Omit<LogHead, 'forkedAt'>, string | number> & { forkedAt: number | null };

/** The columns were written from a head. */
function toHead({ forkedAt, ...row }: LogRow): LogHead {
  return { ...(row as unknown as Omit<LogHead, 'forkedAt'>), ...present({ forkedAt: forkedAt ?? undefined }) };
}

function toColumns({ author, install, lane, next, head, lastAt, day, posts, octets, forkedAt }: LogHead) {
  return { author, install, lane, next, head, lastAt, day, posts, octets, forkedAt: forkedAt ?? null };
}

export type EntryRow = SqlRow & {
  id: string;
  statement: string;
  signature: string;
  body: Uint8Array<ArrayBuffer> | null;
};

/** What was put was read from this very statement. */
export function toEntry({ id, statement, signature, body }: EntryRow): Entry {
  const facts = readEntryStatement(statement);
  if (!facts) throw damaged();
  return { ...facts, id: EntryId.parse(id), statement, signature, body: fromBlob(body) };
}
