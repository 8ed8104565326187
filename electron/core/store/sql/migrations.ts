import { PosthornError } from '../../../../shared/errors';
import type { SqlConnection } from './sql-connection';
import { sqlStatements } from './sql-statements';

/** One step of a schema: its number grows from step to step, and it is never edited once released. */
export type Migration = {
  readonly version: number;
  readonly statements: string;
  /** Seconds that it took on 100,000 messages, to say how far one is; absent: one at most. */
  readonly weight?: number;
};

/** A step may write a table of 100,000 rows several times over; what does not fit is encrypted anew each time. */
const WORKING_CACHE_KIB = 131_072;
/** What SQLite has without being told. */
const USUAL_CACHE_KIB = 2_000;

/** Statements that read or write what grows with the mail; all others take no time. */
const LONG =
  /^\s*(?:INSERT\b[^]*\bSELECT|UPDATE|DELETE|CREATE (?:UNIQUE )?INDEX|ALTER TABLE[^]*(?:DROP COLUMN|NOT NULL AS)|COMMIT)\b/u;

/**
 * Brings a database from the version in `PRAGMA user_version` to the newest. Throws as `migrationWork`.
 * @param migrating is called before steps that are still to be done: they can take minutes, in which nothing else runs
 */
export function migrate(
  sql: SqlConnection,
  migrations: readonly Migration[],
  migrating: () => void = () => undefined,
): void {
  const work = migrationWork(sql, migrations);
  if (work.next().done === true) return;
  migrating();
  while (work.next().done !== true);
}

/**
 * The same, a statement at a time: yields how much is done of an older file, from 0 to 1, at first before anything is.
 * Each step is a transaction of its own, so that a crash leaves a whole version, and so does who ends it early by
 * `return`; a new file gets all steps in one, which writes each page once. Throws `store-damaged` when a newer Posthorn
 * wrote it; such a file is not touched.
 */
export function* migrationWork(sql: SqlConnection, migrations: readonly Migration[]): Generator<number, void> {
  const current = sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (current > newestVersion(migrations)) {
    throw new PosthornError(
      'store-damaged',
      'A newer version of Posthorn wrote this mail. It was left as it is; start the newer version.',
    );
  }
  const left = migrations.filter(({ version }) => version > current);
  if (left.length === 0) return;
  if (current > 0) yield 0;
  sql.exec(`PRAGMA cache_size = -${WORKING_CACHE_KIB}`);
  if (current === 0) createAll(sql, left);
  else yield* applyAll(sql, left);
  sql.exec(`PRAGMA cache_size = -${USUAL_CACHE_KIB}`);
}

/** The version of a database that this program writes. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

function createAll(sql: SqlConnection, migrations: readonly Migration[]): void {
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

function* applyAll(sql: SqlConnection, migrations: readonly Migration[]): Generator<number, void> {
  const weights = migrations.map(({ weight = 1 }) => weight);
  const total = sum(weights);
  for (const [index, migration] of migrations.entries()) {
    const before = sum(weights.slice(0, index));
    for (const done of apply(sql, migration)) yield (before + done * (weights[index] ?? 1)) / total;
  }
}

/** The whole step, or nothing of it. Yields how much of it is done. */
function* apply(sql: SqlConnection, { version, statements }: Migration): Generator<number, void> {
  const all = [...sqlStatements(statements), `PRAGMA user_version = ${version}`, 'COMMIT'];
  const long = all.filter((statement) => LONG.test(statement)).length;
  let done = 0;
  let isWhole = false;
  sql.exec('BEGIN IMMEDIATE');
  try {
    for (const statement of all) {
      sql.exec(statement);
      isWhole = statement === 'COMMIT';
      if (!LONG.test(statement)) continue;
      done += 1;
      yield done / long;
    }
  } finally {
    if (!isWhole) rollBack(sql);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

/** Rolls back what is still open; SQLite has already rolled back by itself after some errors, as a full disk. */
export function rollBack(sql: SqlConnection): void {
  try {
    sql.exec('ROLLBACK');
  } catch {
    // No transaction is active any more, which is what was asked for.
  }
}
