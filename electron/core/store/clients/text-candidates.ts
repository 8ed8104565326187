import { present } from '../../../../shared/present';
import type { ClientTextPlace } from '../../ports/storage/client-mail';
import { SqlValues } from '../search/search-conditions';
import type { SqlConnection } from '../sql/sql-connection';
import { needleOf, type Needle } from './needle';

type Asked = {
  readonly mailbox: number;
  readonly text: string;
  readonly place: ClientTextPlace;
  readonly afterUid: number;
  readonly limit: number;
};

/** Columns of the index for each place. */
const COLUMNS: Readonly<Record<ClientTextPlace, readonly string[]>> = {
  body: ['body', 'contents'],
  text: ['subject', 'body', 'sender', 'recipients', 'copies', 'contents'],
};

/** A text of fewer octets stands in the index whole (`indexedText`): at worst three octets are one word. */
const WHOLE_OCTETS = 33_000;

/**
 * Messages of the next `limit` in a mailbox that may have the text. The index holds texts folded, so that SQLite looks
 * for the parts of the text in them without a decision in TypeScript for each message. What is not in the index, or not
 * whole, is a candidate.
 */
export function candidatesOf(
  sql: SqlConnection,
  o: Asked,
): { readonly uids: number[]; readonly isExact: boolean; readonly lastUid?: number } {
  const { mailbox, afterUid, limit } = o;
  const last = sql.get<{ uid: number | null }>(LAST_OF_THESE, { mailbox, afterUid, limit })?.uid ?? undefined;
  const needle = needleOf(o.text);
  if (last === undefined) return { uids: [], isExact: true };
  const values = new SqlValues();
  const query = `
    SELECT m.uid, ${IS_WHOLE} AS is_whole FROM messages m INDEXED BY messages_by_uid
      JOIN bodies b ON b.message_row = m.row
      LEFT JOIN search_rows s ON s.message_row = m.row LEFT JOIN search_index i ON i.rowid = s.key
    WHERE m.mailbox = ${values.add(mailbox)} AND m.uid IS NOT NULL AND m.uid > ${values.add(afterUid)}
      AND m.uid <= ${values.add(last)} AND (NOT ${IS_WHOLE} OR (${conditionOf(needle, o.place, values)})
        ${o.place === 'text' ? `OR ${inMessageId(o.text, values)}` : ''})
    ORDER BY m.uid`;
  const found = sql.all<{ uid: number; is_whole: number }>(query, values.all());
  const isExact = needle.isExact && o.place === 'body' && found.every((row) => row.is_whole === 1);
  return { uids: found.map(({ uid }) => uid), isExact, ...present({ lastUid: last }) };
}

const LAST_OF_THESE = `
  SELECT max(uid) AS uid FROM (SELECT m.uid FROM messages m INDEXED BY messages_by_uid
    WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL AND m.uid > $afterUid ORDER BY m.uid LIMIT $limit)`;

/** Files that are not read yet have no words yet, and are not looked for: as in the window. */
const IS_WHOLE = `(i.rowid IS NOT NULL AND octet_length(b.text) <= ${String(WHOLE_OCTETS)}
  AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.message_row = m.row))`;

/** The text lies in one of the columns, so all of its parts do. */
function conditionOf({ parts, words }: Needle, place: ClientTextPlace, values: SqlValues): string {
  const names = parts.map((part) => values.add(part));
  const inOne = COLUMNS[place].map(
    (column) => `(${names.map((name) => `instr(i.${column}, ${name}) > 0`).join(' AND ') || '1'})`,
  );
  return `${hasWords(words, place, values)}(${inOne.join(' OR ')})`;
}

/** Messages without these words are not read at all. */
function hasWords(words: readonly string[], place: ClientTextPlace, values: SqlValues): string {
  if (words.length === 0) return '';
  const [last = '', ...whole] = [...words].reverse();
  const asked = [`"${last}" *`, ...whole.map((word) => `"${word}"`)].join(' AND ');
  const expression = `{${COLUMNS[place].join(' ')}} : (${asked})`;
  return `i.rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH ${values.add(expression)}) AND `;
}

/** Which the index does not hold. */
function inMessageId(text: string, values: SqlValues): string {
  return `instr(lower(m.rfc_message_id), ${values.add(text.toLowerCase())}) > 0`;
}
