import type { MessageId } from '../../../../shared/ids';
import { MAX_REMEMBERED_SUBMISSIONS, RESUBMISSION_MS } from '../../domain/client-limits';
import type { SqlConnection } from '../sql/sql-connection';

type Submission = { readonly digest: string; readonly now: number };

/** As what this letter was queued a short time ago; undefined: it is new, too long ago, or goes to nobody any more. */
export function submittedAs(sql: SqlConnection, { digest, now }: Submission): MessageId | undefined {
  return sql.get<{ id: MessageId }>(SELECT_GOING, { digest, now, within: RESUBMISSION_MS })?.id;
}

/** A letter that has failed, or that the person has cancelled or deleted, is sent by whoever submits it again. */
const SELECT_GOING = `
  SELECT s.message_id AS id FROM submissions s JOIN messages m ON m.id = s.message_id
  WHERE s.digest = $digest AND abs(s.at - $now) < $within AND EXISTS (
    SELECT 1 FROM deliveries d WHERE d.message_row = m.row AND d.state NOT IN ('failed', 'cancelled'))`;

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
