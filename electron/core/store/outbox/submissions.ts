import type { MessageId } from '../../../../shared/ids';
import { MAX_REMEMBERED_SUBMISSIONS, RESUBMISSION_MS } from '../../domain/client-limits';
import type { SqlConnection } from '../sql/sql-connection';

type Submission = { readonly digest: string; readonly now: number };

/** As what this letter was queued a short time ago; undefined: it is new, or too long ago. */
export function submittedAs(sql: SqlConnection, { digest, now }: Submission): MessageId | undefined {
  const query = 'SELECT message_id AS id FROM submissions WHERE digest = $digest AND abs(at - $now) < $within';
  return sql.get<{ id: MessageId }>(query, { digest, now, within: RESUBMISSION_MS })?.id;
}

/** Remembers it, and forgets what is old or too much. Call it in the transaction that queues the letter. */
export function noteSubmission(sql: SqlConnection, { digest, now, id }: Submission & { readonly id: MessageId }): void {
  sql.run('INSERT OR REPLACE INTO submissions (digest, message_id, at) VALUES ($digest, $id, $now)', {
    digest,
    id,
    now,
  });
  // A clock that was set back leaves some of the future behind.
  sql.run('DELETE FROM submissions WHERE abs(at - $now) >= $within', { now, within: RESUBMISSION_MS });
  sql.run(
    `DELETE FROM submissions WHERE digest IN (SELECT digest FROM submissions ORDER BY at DESC LIMIT -1 OFFSET $most)`,
    { most: MAX_REMEMBERED_SUBMISSIONS },
  );
}
