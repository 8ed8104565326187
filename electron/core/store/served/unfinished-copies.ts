import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { Chore } from '../sql/chores';
import type { SqlConnection } from '../sql/sql-connection';

/** Copies taken back in one commit. */
const STEP_ROWS = 10;

/**
 * Takes back copies that a program which was killed has left behind: whoever asked for them was not told that they are
 * there, and asks again. What is being copied since this start is let alone.
 */
export function unfinishedCopies({
  sql,
  identityId,
}: {
  readonly sql: SqlConnection;
  readonly identityId: IdentityId;
}): Chore {
  const begun = sql.all<{ copying: string }>('SELECT DISTINCT copying FROM unfinished_copies');
  const copying = JSON.stringify(begun.map((row) => row.copying));
  const left = (limit: number): MessageId[] =>
    sql.all<{ id: MessageId }>(SELECT_LEFT, { copying, limit }).map(({ id }) => id);
  return {
    isLeft: () => begun.length > 0 && left(1).length > 0,
    doSome: (emit) => {
      for (const messageId of left(STEP_ROWS)) {
        sql.run('DELETE FROM messages WHERE id = $messageId', { messageId });
        emit({ type: 'message.removed', identityId, messageId });
      }
    },
  };
}

const SELECT_LEFT = `
  SELECT m.id FROM unfinished_copies u JOIN messages m ON m.row = u.message_row
  WHERE u.copying IN (SELECT value FROM json_each($copying)) LIMIT $limit`;
