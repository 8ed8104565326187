import type { MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import { MAX_INDEXED_CHARACTERS } from '../../domain/limits';
import { indexForm } from '../../domain/search-words';
import { indexPart, leaveRest, releaseParts } from './index-parts';
import type { SqlConnection } from '../sql/sql-connection';

/**
 * Makes the full-text row of a message from what the tables hold now; call it in the transaction that changed them.
 * Of a long text it takes the first part alone; the rest follows after the commit. Deletion clears the words
 * themselves from the index (`secure-delete`). Names of contacts are not in it: they change, and are looked up when
 * somebody searches.
 */
export function indexMessage(sql: SqlConnection, row: number): void {
  unindexMessage(sql, row);
  const words = sql.get<WordsRow>(SELECT_WORDS, { row, most: MAX_INDEXED_CHARACTERS });
  if (words === undefined) return;
  const { part, next } = indexPart(words.text, 0);
  sql.run(
    'INSERT INTO search_words (rowid, subject, body, addresses, attachments) VALUES ($row, $subject, $body, $addresses, $attachments)',
    {
      row,
      subject: indexForm(words.subject),
      body: indexForm(part),
      addresses: indexForm(addressWords(words)),
      attachments: indexForm(words.filenames),
    },
  );
  if (next !== undefined) leaveRest(sql, row, next);
}

/** Also from what an earlier version indexed. */
export function unindexMessage(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM search_words WHERE rowid = $row', { row });
  releaseParts(sql, row);
  if (sql.run('DELETE FROM unindexed WHERE message_row = $row', { row }) > 0)
    sql.run('DELETE FROM messages_fts WHERE rowid = $row', { row });
}

/** The words by which the index finds everything to and from the mailbox of an address, under any tag. */
export function mailboxWords(address: MailAddress): string {
  return mailboxOf(address).replace('@', ' ');
}

type WordsRow = { subject: string; text: string; filenames: string; typed: string };

/** What a draft has in place of its addresses is what was typed. */
const SELECT_WORDS = `
  SELECT m.subject, substr(b.text, 1, $most) AS text, coalesce((SELECT group_concat(a.filename, ' ') FROM attachments a WHERE a.message_row = m.row), '') AS filenames,
    json_array(json_array(m.from_address), json(coalesce(m.typed_to, m.to_addresses)), json(coalesce(m.typed_cc, m.cc_addresses)),
      json(coalesce(m.typed_bcc, m.bcc_addresses))) AS typed
  FROM mail m JOIN bodies b ON b.message_row = m.row WHERE m.row = $row`;

function addressWords({ typed }: WordsRow): string {
  const all = (JSON.parse(typed) as string[][]).flat();
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
