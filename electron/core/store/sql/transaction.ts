import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { PosthornError } from '../../../../shared/errors';
import { rollBack } from './migrations';
import type { SqlConnection } from './sql-connection';
import { toStoreError } from './store-error';

/** Hands in an event that is published when, and only when, the transaction around it is committed. */
export type Emit = (event: CoreEvent) => void;

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: PosthornError };

export type Writer = {
  /** Runs a change in one transaction; throws a `PosthornError` when nothing was changed. Not to be nested. */
  write<T>(run: (emit: Emit) => T): T;
  /**
   * Runs many changes in one transaction, each in a savepoint: one that fails changes nothing and leaves the others.
   * Throws when the commit fails, and then nothing of all was changed.
   */
  writeEach<T>(runs: readonly ((emit: Emit) => T)[]): Attempt<T>[];
};

/** `committed` is told the events of each transaction after its COMMIT, and must not throw. */
export function createWriter(o: { sql: SqlConnection; committed: (events: readonly CoreEvent[]) => void }): Writer {
  return {
    write: (run) => transact(o, run),
    writeEach: (runs) => transact(o, (emit) => runs.map((run) => attempt(o.sql, run, emit))),
  };
}

function transact<T>({ sql, committed }: Parameters<typeof createWriter>[0], run: (emit: Emit) => T): T {
  const events: CoreEvent[] = [];
  sql.exec('BEGIN IMMEDIATE');
  let value: T;
  try {
    value = run((event) => events.push(event));
    sql.exec('COMMIT');
  } catch (error) {
    rollBack(sql);
    throw toStoreError(error);
  }
  committed(events);
  return value;
}

function attempt<T>(sql: SqlConnection, run: (emit: Emit) => T, emit: Emit): Attempt<T> {
  const events: CoreEvent[] = [];
  sql.exec('SAVEPOINT one');
  try {
    const value = run((event) => events.push(event));
    sql.exec('RELEASE one');
    events.forEach(emit);
    return { ok: true, value };
  } catch (error) {
    undo(sql, error);
    return { ok: false, error: toStoreError(error) };
  }
}

/**
 * After some errors, as a full disk, SQLite has ended the whole transaction: then the first error ends the whole batch.
 */
function undo(sql: SqlConnection, cause: unknown): void {
  try {
    sql.exec('ROLLBACK TO one; RELEASE one');
  } catch {
    throw toStoreError(cause);
  }
}
