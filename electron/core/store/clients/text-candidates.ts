import { present } from '../../../../shared/present';
import type { ClientMail, ClientTextPlace } from '../../ports/storage/client-mail';
import { SqlValues } from '../search/search-conditions';
import type { SqlConnection } from '../sql/sql-connection';
import { needleOf, type Needle } from './needle';

type Asked = Omit<Parameters<ClientMail['candidates']>[0], 'mailbox'> & { readonly mailbox: number };

/** Columns of the index for each place. */
const COLUMNS: Readonly<Record<ClientTextPlace, readonly string[]>> = {
  body: ['body'],
  text: ['subject', 'body', 'sender', 'recipients', 'copies'],
};

/** A text of fewer octets stands in the index whole (`indexedText`). */
const WHOLE_OCTETS = 33_000;

/**
 * The index holds texts folded, so that SQLite looks for the parts of the text in them without a decision in TypeScript
 * for each message. Whatever has more to it than the index knows may have the text: long texts, pages, files, and for
 * `text` what other programs appended, with whatever header.
 */
export function candidatesOf(sql: SqlConnection, o: Asked): ReturnType<ClientMail['candidates']> {
  const { mailbox, afterUid, limit } = o;
  const last = sql.get<{ uid: number | null }>(LAST_OF_THESE, { mailbox, afterUid, limit })?.uid ?? undefined;
  if (last === undefined) return { sure: [], maybe: [] };
  const needle = needleOf(o.text);
  const values = new SqlValues();
  const isWhole = o.place === 'body' ? IS_WHOLE : `${IS_WHOLE} AND m.protection_reason <> 'appended'`;
  const query = `
    SELECT m.uid, (${isWhole}) AS is_whole FROM messages m INDEXED BY messages_by_uid
      JOIN bodies b ON b.message_row = m.row
      LEFT JOIN search_rows s ON s.message_row = m.row LEFT JOIN search_index i ON i.rowid = s.key
    WHERE m.mailbox = ${values.add(mailbox)} AND m.uid IS NOT NULL AND m.uid > ${values.add(afterUid)}
      AND m.uid <= ${values.add(last)} AND (NOT (${isWhole}) OR (${conditionOf(needle, o.place, values)})
        ${o.place === 'text' ? `OR ${inMessageId(o.text, values)}` : ''})
    ORDER BY m.uid`;
  const found = sql.all<{ uid: number; is_whole: number }>(query, values.all());
  const isSure = ({ is_whole: whole }: { is_whole: number }): boolean => needle.isExact && whole === 1;
  return {
    sure: found.filter(isSure).map(({ uid }) => uid),
    maybe: found.filter((row) => !isSure(row)).map(({ uid }) => uid),
    ...present({ lastUid: last }),
  };
}

const LAST_OF_THESE = `
  SELECT max(uid) AS uid FROM (SELECT m.uid FROM messages m INDEXED BY messages_by_uid
    WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL AND m.uid > $afterUid ORDER BY m.uid LIMIT $limit)`;

/** Whether the index has all that can be found in the body. */
const IS_WHOLE = `i.rowid IS NOT NULL AND octet_length(b.text) <= ${String(WHOLE_OCTETS)} AND b.html IS NULL
  AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.message_row = m.row)
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

/** Which the index does not hold. */
function inMessageId(text: string, values: SqlValues): string {
  return `instr(lower(m.rfc_message_id), ${values.add(text.toLowerCase())}) > 0`;
}
