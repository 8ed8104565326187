import { PosthornError } from '../../../../shared/errors';
import { CONTENT_PIECE_BYTES, MAX_WHOLE_CONTENT_BYTES } from '../../domain/limits';
import type { Content } from '../../ports/storage/contents';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import { toBlob } from '../sql/sql-connection';

/**
 * The value of a column that holds octets: themselves when they are few, else the row of their pieces. Call it in the
 * transaction that writes the value.
 */
export function keepContent(sql: SqlConnection, content: Content): SqlValue {
  if (!(content instanceof Uint8Array)) return link(sql, content.staged);
  if (content.length <= MAX_WHOLE_CONTENT_BYTES) return toBlob(content);
  const row = insertContent(sql);
  for (const octets of piecesOf(content)) insertPiece(sql, row, octets);
  return link(sql, row);
}

/** The octets in pieces that are written in one turn each. */
export function* piecesOf(octets: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; at += CONTENT_PIECE_BYTES) yield octets.subarray(at, at + CONTENT_PIECE_BYTES);
}

/** The row of a content without pieces that nothing links. */
export function insertContent(sql: SqlConnection): number {
  sql.run('INSERT INTO contents DEFAULT VALUES');
  return sql.get<{ row: number }>('SELECT last_insert_rowid() AS row')?.row ?? 0;
}

/** Adds octets, one at least, behind those that the content has. */
export function insertPiece(sql: SqlConnection, row: number, octets: Uint8Array): void {
  sql.run(
    `INSERT INTO content_pieces (content_row, number, octets)
     SELECT $row, coalesce(max(number) + 1, 0), $octets FROM content_pieces WHERE content_row = $row`,
    { row, octets: toBlob(octets) },
  );
  sql.run('UPDATE contents SET size = size + $size WHERE row = $row', { row, size: octets.length });
}

function link(sql: SqlConnection, row: number): number {
  if (sql.run('UPDATE contents SET is_linked = 1 WHERE row = $row AND is_linked = 0', { row }) === 1) return row;
  throw new PosthornError('internal', 'What was to be stored is there no longer. Nothing was changed.');
}

/** The value of a second column that holds the same octets: large ones are shared. Call it as `keepContent`. */
export function shareContent(sql: SqlConnection, value: SqlValue): SqlValue {
  if (typeof value === 'number') sql.run('UPDATE contents SET is_linked = is_linked + 1 WHERE row = $value', { value });
  return value;
}
