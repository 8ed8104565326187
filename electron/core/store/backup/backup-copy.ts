import { chmodSync, closeSync, openSync } from 'node:fs';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import type { SqlConnection } from '../sql/sql-connection';
import { toStoreError } from '../sql/store-error';

export type MailCopy = { readonly contacts: number; readonly messages: number };

export type CopyMail = {
  /** The mail database, which may be open elsewhere in this process. */
  readonly from: string;
  /** 32 octets; the copy has the same key. */
  readonly key: Uint8Array;
  /** A file that is not there yet. */
  readonly to: string;
  readonly withMail: boolean;
};

/**
 * A consistent copy of a mail database as it is at this moment, in one file without a log beside it, mode 0600. Without
 * mail it holds everything that is not part of a message: contacts, ring, and the ids of messages that came before, so
 * that they do not come twice. Holds its thread for about a second per 100 MB. Throws `disk-full` and `store-damaged`.
 */
export function copyMail({ from, key, to, withMail }: CopyMail): MailCopy {
  if (withMail) copyWhole({ from, key, to });
  else copyWithoutMail({ from, key, to });
  const copy = openDatabase({ path: to, key, migrations: mailMigrations, mode: 'existing' });
  try {
    // What was deleted or had come in part only, and was not freed yet.
    copy.run('DELETE FROM contents WHERE is_linked = 0');
    const counts = countMail(copy);
    copy.exec('PRAGMA journal_mode = DELETE');
    return counts;
  } finally {
    copy.close();
  }
}

/** What a mail database holds, in numbers. */
export function countMail(sql: SqlConnection): MailCopy {
  const count = (table: string): number =>
    sql.get<{ number: number }>(`SELECT count(*) AS number FROM ${table}`)?.number ?? 0;
  return { contacts: count('contacts'), messages: count('mail') };
}

type Paths = Pick<CopyMail, 'from' | 'key' | 'to'>;

function copyWhole({ from, key, to }: Paths): void {
  const source = openDatabase({ path: from, key, migrations: mailMigrations, mode: 'existing' });
  try {
    createEmpty(to);
    source.run('VACUUM INTO $to', { to });
  } finally {
    source.close();
  }
}

function copyWithoutMail({ from, key, to }: Paths): void {
  const copy = openDatabase({ path: to, key, migrations: mailMigrations, mode: 'create' });
  try {
    const text = `x'${Buffer.from(key).toString('hex')}'`;
    copy.run('ATTACH $from AS source KEY $text', { from, text });
    copy.exec('BEGIN');
    for (const table of tablesWithoutMail(copy))
      copy.exec(`INSERT OR REPLACE INTO main.${table} SELECT * FROM source.${table}`);
    // Their mail stays behind; their names, places and UIDs do not.
    copy.exec('UPDATE mailboxes SET messages = 0, unseen = 0, octets = 0');
    copy.exec('COMMIT');
    copy.exec('DETACH source');
  } finally {
    copy.close();
  }
}

/**
 * Every table but messages, those held for others, large contents, what refers to them, and the search index over
 * them. In the order in which they were made: what a row refers to is copied before it.
 */
function tablesWithoutMail(sql: SqlConnection): string[] {
  const tables = sql
    .all<{ name: string }>(
      `SELECT l.name FROM pragma_table_list l JOIN main.sqlite_schema s ON s.name = l.name
       WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY s.rowid`,
    )
    .map(({ name }) => name);
  const ofMail = new Set(['messages', 'held_mail', 'contents']);
  const belongs = (table: string): boolean =>
    sql
      .all<{ table: string }>('SELECT "table" FROM pragma_foreign_key_list($table)', { table })
      .some((key) => ofMail.has(key.table));
  for (let before = 0; before < ofMail.size;) {
    before = ofMail.size;
    for (const table of tables) if (belongs(table)) ofMail.add(table);
  }
  return tables.filter((table) => !ofMail.has(table));
}

/** SQLite writes into an empty file; it is made here with mode 0600, so that no other user can ever read it. */
function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    throw toStoreError(error);
  }
}
