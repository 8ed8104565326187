import { PosthornError } from '../../../../shared/errors';
import type { SqlConnection } from './sql-connection';

/** One step of a schema: its number grows from step to step, and it is never edited once released. */
export type Migration = { readonly version: number; readonly statements: string };

/** A step may write a table of 100,000 rows several times over; what does not fit is encrypted anew each time. */
const WORKING_CACHE_KIB = 131_072;
/** What SQLite has without being told. */
const USUAL_CACHE_KIB = 2_000;

/**
 * Brings a database from the version in `PRAGMA user_version` to the newest, each step in a transaction of its own, so
 * that a crash leaves a whole version; a new file gets all of them in one, which writes each page once. Throws
 * `store-damaged` when a newer Posthorn wrote it; such a file is not touched.
 * @param migrating is called before steps that are still to be done: they can take minutes, in which nothing else runs
 */
export function migrate(
  sql: SqlConnection,
  migrations: readonly Migration[],
  migrating: () => void = () => undefined,
): void {
  const current = sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (current > newestVersion(migrations)) {
    throw new PosthornError(
      'store-damaged',
      'A newer version of Posthorn wrote this mail. It was left as it is; start the newer version.',
    );
  }
  const left = migrations.filter(({ version }) => version > current);
  if (left.length === 0) return;
  if (current > 0) migrating();
  sql.exec(`PRAGMA cache_size = -${WORKING_CACHE_KIB}`);
  const steps = current === 0 ? [left] : left.map((migration) => [migration]);
  for (const step of steps) apply(sql, step);
  sql.exec(`PRAGMA cache_size = -${USUAL_CACHE_KIB}`);
}

/** The version of a database that this program writes. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** All of them, or none. */
function apply(sql: SqlConnection, migrations: readonly Migration[]): void {
  sql.exec('BEGIN IMMEDIATE');
  try {
    for (const { statements } of migrations) sql.exec(statements);
    sql.exec(`PRAGMA user_version = ${newestVersion(migrations)}`);
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
