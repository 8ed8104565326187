import { statSync } from 'node:fs';
import type { SqlConnection } from './sql-connection';

/** A write-ahead log that large mail has stretched is cut back when it is longer than this. */
export const WAL_LIMIT_BYTES = 16 * 1_024 * 1_024;

/** Milliseconds that a statement waits for another connection, as for a backup that reads. */
export const BUSY_TIMEOUT_MS = 5_000;

/**
 * Cuts the write-ahead log of a database back to nothing when it is longer than its limit; SQLite itself does so at the
 * next write, which may be days away. Does not wait for a backup that reads: then the next commit does it.
 */
export function trimLog(sql: SqlConnection, path: string): void {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= WAL_LIMIT_BYTES) return;
  sql.exec('PRAGMA busy_timeout = 0');
  try {
    sql.get('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    sql.exec(`PRAGMA busy_timeout = ${String(BUSY_TIMEOUT_MS)}`);
  }
}
