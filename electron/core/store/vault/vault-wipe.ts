import type { Log } from '../../ports/runtime';
import type { SqlConnection } from '../sql/sql-connection';
import type { Writer } from '../sql/transaction';

/** Call it in the transaction that deletes a secret. */
export function recordWipe(sql: SqlConnection): void {
  sql.run('INSERT INTO wipes (id) VALUES (1) ON CONFLICT DO NOTHING');
}

/**
 * Clears deleted secrets from every page of the vault and its log. Never throws: what fails is done at the next unlock.
 */
export function wipeFreed({
  sql,
  writer,
  log,
}: {
  readonly sql: SqlConnection;
  readonly writer: Writer;
  readonly log?: Log;
}): void {
  try {
    if (sql.get('SELECT 1 AS one FROM wipes') === undefined) return;
    rewritePages(sql);
    writer.write(() => sql.run('DELETE FROM wipes'));
  } catch {
    log?.warn('vault.wipe-unfinished');
  }
}

/** Secure deletion leaves copies where pages were put in order anew, and in the write-ahead log. */
export function rewritePages(sql: SqlConnection): void {
  sql.exec('VACUUM');
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
