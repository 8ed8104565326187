import { MAX_INDEXED_CHARACTERS, MAX_INDEX_PART_WORDS } from '../../domain/limits';
import { indexForm } from '../../domain/search-words';
import type { Chore } from '../sql/chores';
import type { SqlConnection } from '../sql/sql-connection';

/**
 * A long word, or a phrase that somebody searches for, stands whole in one of two parts that share so many
 * characters.
 */
const SHARED_CHARACTERS = 200;
/** Characters of a word where spaces part them, about, with the space. */
const WORD_CHARACTERS = 6;
/** From here on there are scripts without spaces: Thai, and what comes after it. */
const FIRST_UNSPACED = 0x0e00;

/**
 * The part of a text that begins at `begins`, as one row of the index takes it, and where the next begins, if there is
 * one; in UTF-16.
 */
export function indexPart(text: string, begins: number): { readonly part: string; readonly next?: number } {
  let cost = 0;
  let end = begins;
  while (end < text.length && cost < MAX_INDEX_PART_WORDS) {
    cost += text.charCodeAt(end) < FIRST_UNSPACED ? 1 / WORD_CHARACTERS : 1;
    end += 1;
  }
  const part = text.slice(begins, end);
  return end < text.length ? { part, next: nextBegin(text, end) } : { part };
}

/** At the start of a word, so that its end is not taken for another. */
function nextBegin(text: string, end: number): number {
  const shared = end - SHARED_CHARACTERS;
  // Not between the halves of a character.
  const from = /[\udc00-\udfff]/.test(text.charAt(shared)) ? shared - 1 : shared;
  const space = text.slice(from, end).search(/\s/u);
  return space < 0 ? from : from + space;
}

/** Takes the parts of a text but the first from their message; `orphanedParts` deletes them. */
export function releaseParts(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM unindexed_parts WHERE message_row = $row', { row });
  sql.run('UPDATE index_parts SET message_row = NULL WHERE message_row = $row', { row });
}

/** Has `restOfTexts` index a text from here on. */
export function leaveRest(sql: SqlConnection, row: number, begins: number): void {
  sql.run('INSERT INTO unindexed_parts (message_row, begins) VALUES ($row, $begins)', { row, begins });
}

/** Parts of texts that were deleted. */
export function orphanedParts(sql: SqlConnection): Chore {
  const next = (): number | undefined =>
    sql.get<{ row: number }>('SELECT row FROM index_parts WHERE message_row IS NULL LIMIT 1')?.row;
  return {
    isLeft: () => next() !== undefined,
    doSome: () => {
      const row = next() ?? 0;
      sql.run('DELETE FROM search_words WHERE rowid = $row', { row: -row });
      sql.run('DELETE FROM index_parts WHERE row = $row', { row });
    },
  };
}

type RestRow = { row: number; begins: number; text: string };

/** Long texts, of which only the first part is in the index. */
export function restOfTexts(sql: SqlConnection): Chore {
  return {
    isLeft: () => sql.get('SELECT 1 AS one FROM unindexed_parts LIMIT 1') !== undefined,
    doSome: () => {
      const rest = sql.get<RestRow>(SELECT_REST, { most: MAX_INDEXED_CHARACTERS });
      if (rest !== undefined) indexNext(sql, rest);
      // Never two times the same: a message without a text would be asked for without end.
      else sql.run('DELETE FROM unindexed_parts');
    },
  };
}

const SELECT_REST = `
  SELECT u.message_row AS row, u.begins, substr(b.text, 1, $most) AS text
  FROM unindexed_parts u JOIN bodies b ON b.message_row = u.message_row LIMIT 1`;

function indexNext(sql: SqlConnection, { row, begins, text }: RestRow): void {
  const { part, next } = indexPart(text, begins);
  sql.run('INSERT INTO index_parts (message_row) VALUES ($row)', { row });
  sql.run(`INSERT INTO search_words (rowid, body) VALUES (-last_insert_rowid(), $body)`, { body: indexForm(part) });
  if (next === undefined) sql.run('DELETE FROM unindexed_parts WHERE message_row = $row', { row });
  else sql.run('UPDATE unindexed_parts SET begins = $next WHERE message_row = $row', { row, next });
}
