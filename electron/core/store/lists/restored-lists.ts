import type { SqlConnection } from '../sql/sql-connection';

/**
 * What is written after a restore is written under another installation: members know entries of the one before that
 * this copy does not know, and two of one number would be a fork.
 */
export function forgetInstalls(sql: SqlConnection): void {
  sql.exec('UPDATE mailing_lists SET install = NULL');
}
