import type { MailAddress } from '../../../../shared/ids';
import { MAX_NAMESAKES } from '../../domain/limits';
import { belongTogether, namesOf } from '../../domain/threading';
import type { NamingMessage, PeopledMessage } from '../../domain/threading';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';

/** Notes by which names a message is found. Call it in the transaction that stores the message. */
export function recordNames(sql: SqlConnection, row: number, message: NamingMessage): void {
  for (const name of namesOf(message))
    sql.run('INSERT INTO named_ids (name, message_row) VALUES ($name, $row) ON CONFLICT DO NOTHING', { name, row });
}

/**
 * Puts a stored message into the conversation that it belongs to. When it is the missing part of several, they become
 * one, with their drafts and what is on its way: the largest keeps its id. Call it in the transaction that stores the
 * message, after `recordNames`: what is stored at the same time then finds it.
 */
export function joinConversations(
  { sql, identityId }: Pick<StoreParts, 'sql' | 'identityId'>,
  row: number,
  emit: Emit,
): void {
  const message = sql.get<PeopleRow>(`${SELECT_PEOPLE} WHERE m.row = $row`, { row });
  if (message === undefined) return;
  const found = relatedTo(sql, row, message);
  if (found.length === 0) return;
  const threads = [...found, ...(isAlone(sql, row, message) ? [] : [message.thread_id])];
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

const SELECT_NAMESAKES = `${SELECT_PEOPLE}
  JOIN named_ids n ON n.message_row = m.row WHERE n.name = $name AND n.message_row <> $row
  ORDER BY n.message_row DESC LIMIT $limit`;

const JOIN_THREADS =
  'UPDATE messages SET thread_id = $threadId WHERE thread_id IN (SELECT value FROM json_each($joined))';

/** The conversations of messages that belong to this one; its own is none of them. */
function relatedTo(sql: SqlConnection, row: number, message: PeopleRow): string[] {
  const found = new Set<string>();
  const one = peopled(message);
  const names = sql.all<{ name: string }>('SELECT name FROM named_ids WHERE message_row = $row', { row });
  for (const { name } of names) {
    for (const other of sql.all<PeopleRow>(SELECT_NAMESAKES, { name, row, limit: MAX_NAMESAKES })) {
      const { thread_id: threadId } = other;
      if (threadId !== message.thread_id && !found.has(threadId) && belongTogether(one, peopled(other)))
        found.add(threadId);
    }
  }
  return [...found];
}

function peopled(row: PeopleRow): PeopledMessage {
  const lists = [row.to_addresses, row.cc_addresses, row.bcc_addresses].flatMap(
    (json) => JSON.parse(json) as MailAddress[],
  );
  return { isOwn: row.protection === 'own', from: row.from_address, people: [row.from_address, ...lists] };
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
