import type { MailAddress } from '../../../../shared/ids';
import { MAX_NAMESAKES, MAX_NAMESAKES_IN_ALL } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import { belongTogether, namesOf } from '../../domain/threading';
import type { NamingMessage, PeopledMessage } from '../../domain/threading';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import { samePeople } from './same-people';

/** Notes by which names a message is found. Call it in the transaction that stores the message. */
export function recordNames(sql: SqlConnection, row: number, message: NamingMessage): void {
  const from = sql.get<Pick<PeopleRow, 'protection' | 'from_address'>>(
    'SELECT protection, from_address FROM messages WHERE row = $row',
    { row },
  );
  const writer = from === undefined ? WRITTEN_HERE : (writerOf(from) ?? WRITTEN_HERE);
  for (const name of namesOf(message))
    sql.run('INSERT INTO named_ids (name, writer, message_row) VALUES ($name, $writer, $row) ON CONFLICT DO NOTHING', {
      name,
      writer,
      row,
    });
}

/**
 * Puts a stored message into the conversation that it belongs to. When it is the missing part of several, they become
 * one, with their drafts and what is on its way: the largest keeps its id. Call it in the transaction that stores the
 * message, after `recordNames`: what is stored at the same time then finds it.
 */
export function joinConversations(parts: Pick<StoreParts, 'sql' | 'identityId'>, row: number, emit: Emit): void {
  join(parts, { row, isNew: true }, emit);
}

/** The same for a message that windows have seen already in another conversation. */
export function rejoinConversations(parts: Pick<StoreParts, 'sql' | 'identityId'>, row: number, emit: Emit): void {
  join(parts, { row, isNew: false }, emit);
}

function join(
  { sql, identityId }: Pick<StoreParts, 'sql' | 'identityId'>,
  { row, isNew }: { readonly row: number; readonly isNew: boolean },
  emit: Emit,
): void {
  const message = sql.get<PeopleRow>(`${SELECT_PEOPLE} WHERE m.row = $row`, { row });
  if (message === undefined) return;
  const found = relatedTo(sql, row, message);
  if (found.length === 0) return;
  const threads = [...found, ...(isNew && isAlone(sql, row, message) ? [] : [message.thread_id])];
  const [threadId = message.thread_id, ...joined] = largestFirst(sql, threads);
  sql.run('UPDATE messages SET thread_id = $threadId WHERE row = $row', { threadId, row });
  if (joined.length === 0) return;
  sql.run(JOIN_THREADS, { threadId, joined: JSON.stringify(joined) });
  emit({ type: 'conversations.joined', identityId, threadId, joined });
}

type PeopleRow = {
  thread_id: string;
  protection: string;
  from_address: MailAddress;
  to_addresses: string;
  cc_addresses: string;
  bcc_addresses: string;
};

const SELECT_PEOPLE =
  'SELECT m.thread_id, m.protection, m.from_address, m.to_addresses, m.cc_addresses, m.bcc_addresses FROM mail m';

/** In the place of a mailbox, in the index. */
const WRITTEN_HERE = 'own';

/** Which of these people have written something that has a name in common with this message. */
const SELECT_GROUPS = `
  SELECT n.name, w.value AS writer FROM named_ids n JOIN json_each($writers) w
  WHERE n.message_row = $row AND EXISTS (
    SELECT 1 FROM named_ids o WHERE o.name = n.name AND o.writer = w.value AND o.message_row <> $row)`;

const SELECT_NAMESAKES = `
  SELECT m.row, m.thread_id FROM named_ids n JOIN messages m ON m.row = n.message_row
  WHERE n.name = $name AND n.writer = $writer AND n.message_row <> $row AND m.kind = 'mail'
  ORDER BY n.message_row DESC LIMIT $limit`;

const JOIN_THREADS =
  'UPDATE messages SET thread_id = $threadId WHERE thread_id IN (SELECT value FROM json_each($joined))';

/**
 * The conversations of messages that belong to this one; its own is none of them. Only letters of its own people can
 * belong to it, so nobody else's are looked at, and the addresses of each once.
 */
function relatedTo(sql: SqlConnection, row: number, message: PeopleRow): string[] {
  const known = samePeople(sql);
  const one = peopled(message);
  const writers = [WRITTEN_HERE, ...new Set([...one.people].flatMap((mailbox) => known(mailbox)))];
  const groups = sql.all<Group>(SELECT_GROUPS, { row, writers: JSON.stringify(writers) });
  const limit = Math.max(1, Math.min(MAX_NAMESAKES, Math.floor(MAX_NAMESAKES_IN_ALL / groups.length)));
  const found = new Set([message.thread_id]);
  const seen = new Set<number>();
  for (const group of groups) {
    for (const other of sql.all<Namesake>(SELECT_NAMESAKES, { ...group, row, limit })) {
      if (found.has(other.thread_id) || seen.has(other.row)) continue;
      seen.add(other.row);
      const people = sql.get<PeopleRow>(`${SELECT_PEOPLE} WHERE m.row = $row`, { row: other.row });
      if (people && belongTogether(one, peopled(people), known)) found.add(other.thread_id);
    }
  }
  found.delete(message.thread_id);
  return [...found];
}

type Group = { name: string; writer: string };
type Namesake = { row: number; thread_id: string };

function peopled(row: PeopleRow): PeopledMessage {
  const lists = [row.to_addresses, row.cc_addresses, row.bcc_addresses].flatMap(
    (json) => JSON.parse(json) as MailAddress[],
  );
  return { writer: writerOf(row), people: new Set([row.from_address, ...lists].map(mailboxOf)) };
}

function writerOf(row: Pick<PeopleRow, 'protection' | 'from_address'>): MailAddress | undefined {
  return row.protection === 'own' ? undefined : mailboxOf(row.from_address);
}

function isAlone(sql: SqlConnection, row: number, { thread_id: threadId }: PeopleRow): boolean {
  const query = 'SELECT 1 AS one FROM messages WHERE thread_id = $threadId AND row <> $row LIMIT 1';
  return sql.get(query, { threadId, row }) === undefined;
}

/** The fewest rows change, so that nobody can have a long conversation written anew with every letter. */
function largestFirst(sql: SqlConnection, threads: readonly string[]): string[] {
  if (threads.length === 1) return [...threads];
  const query = 'SELECT count(*) AS size FROM messages WHERE thread_id = $threadId';
  return threads
    .map((threadId) => ({ threadId, size: sql.get<{ size: number }>(query, { threadId })?.size ?? 0 }))
    .sort((one, other) => other.size - one.size)
    .map(({ threadId }) => threadId);
}
