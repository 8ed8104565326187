import { present } from '../../../../shared/present';
import type { ClientMail, ClientTextPlace } from '../../ports/storage/client-mail';
import { SqlValues } from '../search/search-conditions';
import type { SqlConnection } from '../sql/sql-connection';
import { needleOf, type Needle } from './needle';

type Asked = Omit<Parameters<ClientMail['candidates']>[0], 'mailbox'> & { readonly mailbox: number };

/** Columns of the index for each place. */
const COLUMNS: Readonly<Record<ClientTextPlace, readonly string[]>> = {
  body: ['body', 'contents'],
  text: ['subject', 'body', 'sender', 'recipients', 'copies', 'contents'],
};

/** A text of fewer octets stands in the index whole (`indexedText`). */
const WHOLE_OCTETS = 33_000;

/**
 * The index holds texts folded, so that SQLite looks for the parts of the text in them without a decision in TypeScript
 * for each message. What it does not hold, or not whole, may have the text. Headers are looked through as they are.
 */
export function candidatesOf(sql: SqlConnection, o: Asked): ReturnType<ClientMail['candidates']> {
  const { mailbox, afterUid, limit } = o;
  const last = sql.get<{ uid: number | null }>(LAST_OF_THESE, { mailbox, afterUid, limit })?.uid ?? undefined;
  if (last === undefined) return { sure: [], maybe: [] };
  const needle = needleOf(o.text);
  const values = new SqlValues();
  const inHead = o.place === 'text' ? inHeader(o.text, values) : '0';
  const query = `
    SELECT m.uid, (${inHead}) AS in_head, (${IS_WHOLE}) AS is_whole FROM messages m INDEXED BY messages_by_uid
      JOIN bodies b ON b.message_row = m.row
      LEFT JOIN search_rows s ON s.message_row = m.row LEFT JOIN search_index i ON i.rowid = s.key
      LEFT JOIN served v ON v.message_row = m.row LEFT JOIN served_octets o ON o.message_row = m.row
    WHERE m.mailbox = ${values.add(mailbox)} AND m.uid IS NOT NULL AND m.uid > ${values.add(afterUid)}
      AND m.uid <= ${values.add(last)} AND (NOT (${IS_WHOLE}) OR (${conditionOf(needle, o.place, values)}) OR in_head)
    ORDER BY m.uid`;
  const found = sql.all<Found>(query, values.all());
  const isSure = (row: Found): boolean => row.in_head === 1 || (needle.isExact && row.is_whole === 1);
  return {
    sure: found.filter(isSure).map(({ uid }) => uid),
    maybe: found.filter((row) => !isSure(row)).map(({ uid }) => uid),
    ...present({ lastUid: last }),
  };
}

type Found = { uid: number; in_head: number; is_whole: number };

const LAST_OF_THESE = `
  SELECT max(uid) AS uid FROM (SELECT m.uid FROM messages m INDEXED BY messages_by_uid
    WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL AND m.uid > $afterUid ORDER BY m.uid LIMIT $limit)`;

/** Whether the index has all that can be found. Words of files that are not read yet are not there: as in the window. */
const IS_WHOLE = `i.rowid IS NOT NULL AND octet_length(b.text) <= ${String(WHOLE_OCTETS)}
  AND coalesce((SELECT sum(octet_length(t.text)) FROM attachments a JOIN attachment_texts t ON t.attachment_row = a.row
    WHERE a.message_row = m.row), 0) <= ${String(WHOLE_OCTETS)}
  AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.message_row = m.row)`;

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

/** The header as it is served, and its fields decoded; LIKE knows no case of ASCII letters. */
function inHeader(text: string, values: SqlValues): string {
  const pattern = values.add(`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const places = [`coalesce(v.fields, '')`, `coalesce(CAST(o.head AS TEXT), '')`, `coalesce(m.rfc_message_id, '')`];
  return places.map((place) => `${place} LIKE ${pattern} ESCAPE '\\'`).join(' OR ');
}
