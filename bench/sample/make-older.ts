import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EventBus } from '../../electron/core/runtime/event-bus';
import { systemClock } from '../../electron/core/runtime/system-clock';
import { systemRandom } from '../../electron/core/runtime/system-random';
import { mailMigrations } from '../../electron/core/store/migrations/mail-schema';
import { openDatabase } from '../../electron/core/store/sql/open-database';
import type { SqlConnection, SqlRow } from '../../electron/core/store/sql/sql-connection';
import { openProfile } from '../../electron/core/store/vault/profile';
import { samplePassphrase } from './make-sample';

/** The last version whose messages lay in folders: all long steps come after it. */
const OLDER = mailMigrations.filter(({ version }) => version <= 12);
const ROWS_AT_ONCE = 2_000;

/** Puts the mail of a sample into the form in which version 12 kept it; what only later versions knew is left out. */
export async function makeOlder(directory: string): Promise<void> {
  const profile = openProfile({ directory, clock: systemClock(), random: systemRandom(), events: new EventBus() });
  try {
    const unlocked = await profile.unlock(samplePassphrase);
    if (unlocked.outcome !== 'unlocked') throw new Error('The sample cannot be unlocked');
    for (const { id, databaseKey: key } of unlocked.vault.identities())
      makeFileOlder(join(directory, 'identities', id, 'mail.db'), key);
  } finally {
    profile.close();
  }
}

function makeFileOlder(path: string, key: Uint8Array): void {
  const now = openDatabase({ path, key, migrations: mailMigrations, mode: 'existing' });
  const older = openDatabase({ path: `${path}.older`, key, migrations: OLDER, mode: 'create' });
  older.exec('PRAGMA foreign_keys = OFF');
  older.exec('BEGIN');
  for (const table of tablesOf(older)) copyRows(table, { from: now, to: older });
  older.exec(`DELETE FROM counters WHERE name IN ('modseq', 'uid_validity')`);
  older.exec('COMMIT');
  older.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (const each of [now, older]) each.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  renameSync(`${path}.older`, path);
}

/** Without the indexes of words, which the program writes itself. */
function tablesOf(sql: SqlConnection): string[] {
  const named = sql.all<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '*fts*'
       AND name NOT GLOB 'search_*'`,
  );
  return named.map(({ name }) => name);
}

function copyRows(table: string, { from, to }: { from: SqlConnection; to: SqlConnection }): void {
  const there = new Set(columnsOf(from, table));
  const columns = columnsOf(to, table).filter((name) => there.has(name) || (table === 'messages' && name === 'folder'));
  // Who had mailboxes of their own has their mail in the archive then.
  const read = columns.map((name) => (name === 'folder' ? `coalesce(folder, 'archive') AS folder` : name)).join(', ');
  const values = columns.map((name) => `$${name}`).join(', ');
  for (let done = 0; ; done += ROWS_AT_ONCE) {
    const rows = from.all<SqlRow>(`SELECT ${read} FROM ${table} LIMIT ${ROWS_AT_ONCE} OFFSET ${done}`);
    for (const row of rows) to.run(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${values})`, row);
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

/** Computed ones are not among them. */
function columnsOf(sql: SqlConnection, table: string): string[] {
  return sql.all<{ name: string }>(`PRAGMA table_info (${table})`).map(({ name }) => name);
}
