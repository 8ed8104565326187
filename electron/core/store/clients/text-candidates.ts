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
  const inIndex = conditionOf(needle, o.place, values);
  const inHead = o.place === 'text' ? inHeader(o.text, values) : '0';
  const query = `
    SELECT m.uid, ${needle.isExact ? `((${IS_WHOLE}) AND ${inIndex})` : '0'} OR ${inHead} AS is_sure
    FROM messages m INDEXED BY messages_by_uid JOIN bodies b ON b.message_row = m.row
      LEFT JOIN search_rows s ON s.message_row = m.row LEFT JOIN search_index i ON i.rowid = s.key
      ${o.place === 'text' ? SERVED : ''}
    WHERE m.mailbox = ${values.add(mailbox)} AND m.uid IS NOT NULL AND m.uid > ${values.add(afterUid)}
      AND m.uid <= ${values.add(last)} AND (${inIndex} OR ${inHead} OR NOT (${IS_WHOLE}))
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

const WORDS_OF_FILES = `(SELECT sum(octet_length(t.text)) FROM attachments a
  JOIN attachment_texts t ON t.attachment_row = a.row WHERE a.message_row = m.row)`;

/**
 * Whether the index has all that can be found. A small message has no long text, whatever its encoding. Words of files
 * that are not read yet are not there: as in the window.
 */
const IS_WHOLE = `i.rowid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.message_row = m.row)
  AND (m.size <= ${String(WHOLE_OCTETS)} OR max(octet_length(b.text), coalesce(${WORDS_OF_FILES}, 0)) <= ${String(WHOLE_OCTETS)})`;

/** The text lies in one of the columns, so all of its parts do. */
function conditionOf({ parts, words }: Needle, place: ClientTextPlace, values: SqlValues): string {
  const names = parts.map((part) => values.add(part));
  const inOne = COLUMNS[place].map(
    (column) => `(${names.map((name) => `instr(i.${column}, ${name}) > 0`).join(' AND ') || '1'})`,
  );
  return `(${hasWords(words, place, values)}(${inOne.join(' OR ')}))`;
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
  return `(${places.map((place) => `${place} LIKE ${pattern} ESCAPE '\\'`).join(' OR ')})`;
}
