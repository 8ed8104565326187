import type { Chore } from '../sql/chores';
import type { SqlConnection } from '../sql/sql-connection';

/** Messages whose words go in one commit. */
const STEP_ROWS = 4;

/** Words of deleted messages, which are taken out of the index when there is time. */
export function leftoverWords(sql: SqlConnection): Chore {
  return {
    isLeft: () => sql.get('SELECT 1 AS one FROM leftover_words LIMIT 1') !== undefined,
    doSome: () => {
      for (const { key } of sql.all<{ key: number }>(SELECT_LEFT, { limit: STEP_ROWS })) {
        sql.run('DELETE FROM search_index WHERE rowid = $key', { key });
        sql.run('DELETE FROM leftover_words WHERE key = $key', { key });
      }
    },
  };
}

const SELECT_LEFT = 'SELECT key FROM leftover_words LIMIT $limit';
