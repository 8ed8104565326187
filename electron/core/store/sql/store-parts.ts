import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { Folder, MessageSummary } from '../../../../shared/message';
import type { SqlConnection, SqlParameters } from './sql-connection';
import { unknownMessage } from './store-error';
import type { Writer } from './transaction';

/** Rows of messages as lists show them. */
export type MessageSummaries = {
  /** Summaries of the messages `m` that an SQL tail (joins, WHERE, ORDER BY, LIMIT) picks, in its order. */
  select(tail: string, parameters?: SqlParameters): MessageSummary[];
  /** Throws `message-unknown`. */
  ofRow(row: number): MessageSummary;
};

/** The order of every list of `select`: by the time of writing, and what has the same time by its arrival. */
export const NEWEST_FIRST = 'ORDER BY m.ordered_at DESC, m.sequence DESC';

/** What every part of one identity's mail store works with. */
export type StoreParts = {
  readonly sql: SqlConnection;
  readonly identityId: IdentityId;
  readonly writer: Writer;
  readonly summaries: MessageSummaries;
};

/** `folder`: what its mailbox is for; null in one of the person's own. */
export type MessagePlace = { row: number; mailbox: number; folder: Folder | null };

/** Where a message is. Throws `message-unknown`, also when it is in none of `folders`, and for a control message. */
export function placeOf(sql: SqlConnection, id: MessageId, folders?: readonly Folder[]): MessagePlace {
  return placed(sql.get<MessagePlace>('SELECT row, mailbox, folder FROM mail WHERE id = $id', { id }), folders);
}

/** The same for what is sealed and sent: a control message is found too. */
export function outgoingPlaceOf(
  sql: SqlConnection,
  id: MessageId,
  folders: readonly Folder[],
): MessagePlace & { readonly kind: 'mail' | 'note' } {
  return placed(
    sql.get<MessagePlace & { kind: 'mail' | 'note' }>(
      'SELECT row, mailbox, folder, kind FROM messages WHERE id = $id',
      { id },
    ),
    folders,
  );
}

function placed<Place extends MessagePlace>(place: Place | undefined, folders: readonly Folder[] | undefined): Place {
  if (place === undefined || (folders !== undefined && (place.folder === null || !folders.includes(place.folder))))
    throw unknownMessage();
  return place;
}

/** The next place in the identity's order of messages. */
export function nextSequence(sql: SqlConnection): number {
  sql.run(`UPDATE counters SET value = value + 1 WHERE name = 'sequence'`);
  return sql.get<{ value: number }>(`SELECT value FROM counters WHERE name = 'sequence'`)?.value ?? 0;
}
