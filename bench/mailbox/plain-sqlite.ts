import { Database } from '@signalapp/sqlcipher';
import type { NewReceived } from '../../electron/core/ports/storage/mail-records';
import type { BenchQuery } from './search-queries';

/** Mail in SQLite as one would begin: a table by date, and FTS5 over it, unencrypted and unfolded. */
export type PlainMail = {
  add(rows: readonly NewReceived[]): void;
  seen(ids: readonly string[]): void;
  /** The newest with what is looked for; how many there are. */
  find(query: BenchQuery, limit: number): number;
  close(): void;
};

const DAY_MS = 24 * 60 * 60_000;

/** @param path of a file that is not there yet */
export function openPlainMail(path: string): PlainMail {
  const sql = new Database(path, { cacheStatements: true });
  sql.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE mail (row INTEGER PRIMARY KEY, id TEXT UNIQUE, date INTEGER, sender TEXT, subject TEXT, text TEXT, raw BLOB,
      seen INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX mail_by_date ON mail (date);
    CREATE VIRTUAL TABLE words USING fts5 (subject, body, sender, content = '');
  `);
  return {
    add: (rows) => {
      sql.exec('BEGIN');
      for (const { id, date, from: sender, subject, text } of rows) {
        sql
          .prepare('INSERT INTO mail (id, date, sender, subject, text) VALUES ($id, $date, $sender, $subject, $text)')
          .run({ id, date, sender, subject, text });
        sql
          .prepare(
            'INSERT INTO words (rowid, subject, body, sender) VALUES (last_insert_rowid(), $subject, $text, $sender)',
          )
          .run({ subject, text, sender });
      }
      sql.exec('COMMIT');
    },
    seen: (ids) => {
      sql.exec('BEGIN');
      for (const id of ids) sql.prepare('UPDATE mail SET seen = 1 WHERE id = $id').run({ id });
      sql.exec('COMMIT');
    },
    find: ({ plain }, limit) => {
      if (plain === undefined) throw new RangeError('Plain SQLite is not asked this');
      const where = plain.where === undefined ? '' : ` AND ${plain.where}`;
      const query = `SELECT m.* FROM words JOIN mail m ON m.row = words.rowid WHERE words MATCH $match${where} ORDER BY m.date DESC LIMIT $limit`;
      const dates = plain.where?.includes('$from')
        ? { from: Date.now() - 60 * DAY_MS, until: Date.now() - 30 * DAY_MS }
        : {};
      return sql.prepare(query).all({ match: plain.match, limit, ...dates }).length;
    },
    close: () => sql.close(),
  };
}
