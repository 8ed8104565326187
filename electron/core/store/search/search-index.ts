import type { MailAddress } from '../../../../shared/ids';
import { indexForm } from '../../../../shared/text/search-words';
import { mailboxOf } from '../../domain/mail-address';
import { MAX_INDEXED_CHARACTERS, MAX_WORDS_INDEXED_AT_ONCE } from '../../domain/limits';
import type { SqlConnection } from '../sql/sql-connection';
import { indexedText } from './indexed-text';
import { keyAfter, keyOfTime, KEYS_OF_A_TIME } from './search-key';

/** As `indexMessage`, but a long text is left for later: the triggers have noted it. */
export function indexUnlessLong(sql: SqlConnection, row: number): void {
  const query = 'SELECT substr(text, 1, $most) AS text FROM bodies WHERE message_row = $row';
  const { text } = sql.get<{ text: string }>(query, { row, most: MAX_INDEXED_CHARACTERS }) ?? { text: '' };
  if (indexedText(text).words <= MAX_WORDS_INDEXED_AT_ONCE) indexMessage(sql, row);
}

/**
 * Makes the full-text row of a message from what the tables hold now; call it in the transaction that changed them, or
 * later: triggers note what was changed in `unindexed`, and deletion clears the words themselves from the index
 * (`secure-delete`). Names of contacts are not in it: they change, and are looked up when somebody searches.
 */
export function indexMessage(sql: SqlConnection, row: number): void {
  const words = sql.get<WordsRow>(SELECT_WORDS, { row, most: MAX_INDEXED_CHARACTERS });
  clear(sql, row);
  if (words === undefined) return;
  sql.run(INSERT_WORDS, {
    key: placeInIndex(sql, row, words.ordered_at),
    subject: indexForm(words.subject),
    body: indexForm(indexedText(words.text).text),
    sender: indexForm(formsOf(words.from_address)),
    recipients: indexForm(addressWords(words.recipients)),
    copies: indexForm(addressWords(words.copies)),
    files: indexForm(words.filenames),
    contents: indexForm(indexedText(words.contents).text),
  });
}

const INSERT_WORDS = `
  INSERT INTO search_index (rowid, subject, body, sender, recipients, copies, files, contents)
  VALUES ($key, $subject, $body, $sender, $recipients, $copies, $files, $contents)`;

/** Also from what an earlier version indexed, and from the list of what must be. */
function clear(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM search_index WHERE rowid = (SELECT key FROM search_rows WHERE message_row = $row)', { row });
  sql.run('DELETE FROM unindexed WHERE message_row = $row', { row });
  for (const table of ['search_words', 'messages_fts']) sql.run(`DELETE FROM ${table} WHERE rowid = $row`, { row });
}

/** Gives a message its place in the order of writing; it keeps the one it has while its time stays. */
function placeInIndex(sql: SqlConnection, row: number, orderedAt: number): number {
  const first = keyOfTime(orderedAt);
  const present = sql.get<{ key: number }>('SELECT key FROM search_rows WHERE message_row = $row', { row });
  if (present !== undefined && present.key >= first && present.key < first + KEYS_OF_A_TIME) return present.key;
  sql.run('DELETE FROM search_rows WHERE message_row = $row', { row });
  const key = freeKey(sql, first);
  sql.run('INSERT INTO search_rows (key, message_row) VALUES ($key, $row)', { key, row });
  return key;
}

/** More than a thousand of one millisecond go on into the next. */
function freeKey(sql: SqlConnection, first: number): number {
  // A key whose words are still in the index is not free.
  const query = `SELECT max(key) AS key FROM (
    SELECT max(key) AS key FROM search_rows WHERE key >= $first AND key < $end
    UNION ALL SELECT max(key) FROM leftover_words WHERE key >= $first AND key < $end)`;
  const last = sql.get<{ key: number | null }>(query, { first, end: first + KEYS_OF_A_TIME })?.key ?? undefined;
  const next = keyAfter(first, last);
  return next ?? freeKey(sql, first + KEYS_OF_A_TIME);
}

/** The words by which the index finds everything to and from the mailbox of an address, under any tag. */
export function mailboxWords(address: MailAddress): string {
  return mailboxOf(address).replace('@', ' ');
}

type WordsRow = {
  subject: string;
  text: string;
  filenames: string;
  contents: string;
  from_address: string;
  recipients: string;
  copies: string;
  ordered_at: number;
};

/** What a draft has in place of its addresses is what was typed. */
const SELECT_WORDS = `
  SELECT m.subject, m.ordered_at, m.from_address, substr(b.text, 1, $most) AS text,
    coalesce((SELECT group_concat(a.filename, ' ') FROM attachments a WHERE a.message_row = m.row), '') AS filenames,
    coalesce((SELECT substr(group_concat(t.text, ' '), 1, $most) FROM attachments a
      JOIN attachment_texts t ON t.attachment_row = a.row WHERE a.message_row = m.row), '') AS contents,
    json_array(json(coalesce(m.typed_to, m.to_addresses)), json(coalesce(m.typed_bcc, m.bcc_addresses))) AS recipients,
    json_array(json(coalesce(m.typed_cc, m.cc_addresses))) AS copies
  FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.row = $row`;

function addressWords(lists: string): string {
  const all = (JSON.parse(lists) as string[][]).flat();
  return [...new Set(all)].map(formsOf).join(' ');
}

/** An address as it is written and as lists shorten it, and its mailbox when it has a tag. */
function formsOf(typed: string): string {
  const address = /^([^@\s]+)@([a-z2-7]{8})([a-z2-7]{44})([a-z2-7]{4})\.onion$/.exec(typed);
  if (address === null) return typed;
  const [, local = '', first = '', , last = ''] = address;
  const mailbox = mailboxOf(typed as MailAddress);
  return [typed, `${local} ${first} ${last}`, ...(mailbox === typed ? [] : [mailbox])].join(' ');
}
