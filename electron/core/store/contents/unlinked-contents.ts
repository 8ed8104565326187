import { CONTENT_PIECE_BYTES } from '../../domain/limits';
import type { SqlConnection } from '../sql/sql-connection';
import type { Chore } from '../sql/chores';

/** Octets that the rows of one content stand for: many small ones must not be freed in one turn. */
const ROW_OCTETS = 1_024;

/** Contents that nothing links and nobody has in hand. */
export function unlinkedContents(sql: SqlConnection, inHand: () => readonly number[]): Chore {
  const next = (): number | undefined =>
    sql.get<{ row: number }>(SELECT_UNLINKED, { inHand: JSON.stringify(inHand()) })?.row;
  return {
    isLeft: () => next() !== undefined,
    doSome: () => {
      for (let freed = 0; freed < CONTENT_PIECE_BYTES;) {
        const content = next();
        if (content === undefined) return;
        freed += freePiece(sql, content);
      }
    },
  };
}

const SELECT_UNLINKED = `
  SELECT row FROM contents WHERE is_linked = 0 AND row NOT IN (SELECT value FROM json_each($inHand)) LIMIT 1`;

/** Deletes one piece, or the content when it has none left; how many octets that was. */
function freePiece(sql: SqlConnection, content: number): number {
  const query =
    'SELECT row, octet_length(octets) AS size FROM content_pieces WHERE content_row = $content ORDER BY number LIMIT 1';
  const piece = sql.get<{ row: number; size: number }>(query, { content });
  if (piece === undefined) sql.run('DELETE FROM contents WHERE row = $content', { content });
  else sql.run('DELETE FROM content_pieces WHERE row = $row', { row: piece.row });
  return ROW_OCTETS + (piece?.size ?? 0);
}
