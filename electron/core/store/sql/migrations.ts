import { PosthornError } from '../../../../shared/errors';
import type { SqlConnection } from './sql-connection';

/** One step of a schema: numbered upwards, and never edited once released. */
export type Migration = { readonly version: number; readonly statements: string };

/**
 * Brings a database from the version in `PRAGMA user_version` to the newest, each step in a transaction of its own, so
 * that a crash leaves a whole version. Throws `store-damaged` when a newer Posthorn wrote it; such a file is not
 * touched.
 */
export function migrate(sql: SqlConnection, migrations: readonly Migration[]): void {
  const current = sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (current > (migrations.at(-1)?.version ?? 0)) {
    throw new PosthornError(
      'store-damaged',
      'A newer version of Posthorn wrote this mail. It was left as it is; start the newer version.',
    );
  }
  for (const migration of migrations) {
    if (migration.version > current) apply(sql, migration);
  }
}

function apply(sql: SqlConnection, { version, statements }: Migration): void {
  sql.exec('BEGIN IMMEDIATE');
  try {
    sql.exec(statements);
    sql.exec(`PRAGMA user_version = ${version}`);
    sql.exec('COMMIT');
  } catch (error) {
    rollBack(sql);
    throw error;
  }
}

/** Rolls back what is still open; SQLite has already rolled back by itself after some errors, as a full disk. */
export function rollBack(sql: SqlConnection): void {
  try {
    sql.exec('ROLLBACK');
  } catch {
    // No transaction is active any more, which is what was asked for.
  }
}
