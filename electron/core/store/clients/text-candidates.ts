import type { ClientMail, ClientTextPlace } from '../../ports/storage/clients/client-mail';
import { SqlValues } from '../search/search-conditions';
import type { SqlConnection } from '../sql/sql-connection';
import { needleOf, type Needle } from './needle';

type Asked = Omit<Parameters<ClientMail['candidates']>[0], 'mailbox'> & { readonly mailbox: number };

/** ASCII without blanks: LIKE knows no case of its letters, and no line end can be in it. */
const PLAIN = /^[!-~]+$/;

/** A text of fewer octets stands in the index whole (`indexedText`). */
const WHOLE_OCTETS = 33_000;

/** Columns of the index for each place. */
const COLUMNS: Readonly<Record<ClientTextPlace, readonly string[]>> = {
  body: ['body', 'contents'],
  text: ['subject', 'body', 'contents'],
};

/**
 * Looks through some messages of a mailbox for a text, without a decision in TypeScript for each. What is plain is
 * looked for in the texts themselves. For anything else the index says who may have it, and texts are only read where
 * it does not know: it holds them folded, so that nothing is missed.
 */
export function candidatesOf(sql: SqlConnection, o: Asked): ReturnType<ClientMail['candidates']> {
  const { mailbox, afterUid, limit } = o;
  const last = sql.get<{ uid: number | null }>(LAST_OF_THESE, { mailbox, afterUid, limit })?.uid ?? undefined;
  if (last === undefined) return { sure: [], maybe: [] };
  const values = new SqlValues();
  const sure = [
    ...(o.place === 'text' ? HEADER.map((place) => isIn(place, o.text, values)) : []),
    ...(PLAIN.test(o.text) ? [isIn('b.text', o.text, values), inFiles(o.text, values)] : []),
  ].join(' OR ');
  const maybe = PLAIN.test(o.text) ? '0' : mayHave(needleOf(o.text), o.place, values);
  const query = `
    SELECT m.uid, (${sure || '0'}) AS is_sure FROM messages m INDEXED BY messages_by_uid
      JOIN bodies b ON b.message_row = m.row LEFT JOIN search_rows s ON s.message_row = m.row
      ${o.place === 'text' ? SERVED : ''}
    WHERE m.mailbox = ${values.add(mailbox)} AND m.uid IS NOT NULL AND m.uid > ${values.add(afterUid)}
      AND m.uid <= ${values.add(last)} AND (${maybe} OR ${sure || '0'})
    ORDER BY m.uid`;
  const found = sql.all<{ uid: number; is_sure: number }>(query, values.all());
  return {
    sure: found.filter((row) => row.is_sure === 1).map(({ uid }) => uid),
    maybe: found.filter((row) => row.is_sure !== 1).map(({ uid }) => uid),
    lastUid: last,
  };
}

const LAST_OF_THESE = `
  SELECT max(uid) AS uid FROM (SELECT m.uid FROM messages m INDEXED BY messages_by_uid
    WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL AND m.uid > $afterUid ORDER BY m.uid LIMIT $limit)`;

const SERVED = `LEFT JOIN served v ON v.message_row = m.row LEFT JOIN served_octets o ON o.message_row = m.row`;

/** The header as it is served, and what is decoded of it. */
const HEADER = ['m.subject', `coalesce(v.fields, '')`, `coalesce(CAST(o.head AS TEXT), '')`];

/** Of letters beyond ASCII three forms are looked for. */
function isIn(place: string, text: string, values: SqlValues): string {
  const forms = new Set([text, text.toLowerCase(), text.toUpperCase()].slice(0, PLAIN.test(text) ? 1 : 3));
  const patterns = [...forms].map((form) => values.add(`%${form.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`));
  return patterns.map((pattern) => `${place} LIKE ${pattern} ESCAPE '\\'`).join(' OR ');
}

/** Words of files that are not read yet are not there: as in the window. */
function inFiles(text: string, values: SqlValues): string {
  return `(m.attachment_count > 0 AND EXISTS (SELECT 1 FROM attachments a JOIN attachment_texts t
    ON t.attachment_row = a.row WHERE a.message_row = m.row AND ${isIn('t.text', text, values)}))`;
}

const WORDS_OF_FILES = `(SELECT sum(octet_length(t.text)) FROM attachments a
  JOIN attachment_texts t ON t.attachment_row = a.row WHERE a.message_row = m.row)`;

/** Whether the index has all that can be found. A small message has no long text, whatever its encoding. */
const IS_WHOLE = `s.key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.message_row = m.row)
  AND (m.size <= ${String(WHOLE_OCTETS)} OR max(octet_length(b.text), coalesce(${WORDS_OF_FILES}, 0)) <= ${String(WHOLE_OCTETS)})`;

/** The text lies in one of the columns, so all of its parts do. */
function mayHave({ parts, words }: Needle, place: ClientTextPlace, values: SqlValues): string {
  const names = parts.map((part) => values.add(part));
  const inOne = COLUMNS[place].map(
    (column) => `(${names.map((name) => `instr(i.${column}, ${name}) > 0`).join(' AND ') || '1'})`,
  );
  const inIndex = `EXISTS (SELECT 1 FROM search_index i WHERE i.rowid = s.key AND (${inOne.join(' OR ')}))`;
  return `NOT (${IS_WHOLE}) OR (${hasWords(words, place, values)}${inIndex})`;
}

/** Messages without these words are not read at all. */
function hasWords(words: readonly string[], place: ClientTextPlace, values: SqlValues): string {
  if (words.length === 0) return '';
  const [last = '', ...whole] = [...words].reverse();
  const asked = [`"${last}" *`, ...whole.map((word) => `"${word}"`)].join(' AND ');
  const expression = `{${COLUMNS[place].join(' ')}} : (${asked})`;
  return `s.key IN (SELECT rowid FROM search_index WHERE search_index MATCH ${values.add(expression)}) AND `;
}
