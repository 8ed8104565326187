import { CONTENT_PIECE_BYTES } from '../../domain/limits';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';

/**
 * Octets of what a column holds as `keepContent` made its value, in one turn: ask for no more than it may take. `to` is
 * not within. Fewer where the content ends, or is gone. Every piece of a content but the last is full.
 */
export function contentRange(
  sql: SqlConnection,
  value: SqlValue | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): Uint8Array {
  if (typeof value !== 'number') return value instanceof Uint8Array ? value.subarray(from, to) : new Uint8Array(0);
  const query = 'SELECT octets FROM content_pieces WHERE content_row = $value AND number = $number';
  const parts: Uint8Array[] = [];
  for (let number = Math.floor(from / CONTENT_PIECE_BYTES); number * CONTENT_PIECE_BYTES < to; number += 1) {
    const begin = number * CONTENT_PIECE_BYTES;
    const piece = sql.get<{ octets: Uint8Array<ArrayBuffer> }>(query, { value, number });
    if (piece === undefined) break;
    parts.push(piece.octets.subarray(Math.max(0, from - begin), to - begin));
  }
  return Buffer.concat(parts);
}
