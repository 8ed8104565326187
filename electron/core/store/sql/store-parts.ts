import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { Folder } from '../../../../shared/message';
import type { MessageSummaries } from '../messages/message-summaries';
import type { SqlConnection } from './sql-connection';
import { unknownMessage } from './store-error';
import type { Writer } from './transaction';

/** What every part of one identity's mail store works with. */
export type StoreParts = {
  readonly sql: SqlConnection;
  readonly identityId: IdentityId;
  readonly writer: Writer;
  readonly summaries: MessageSummaries;
};

export type MessagePlace = { row: number; folder: Folder };

/** Where a message is. Throws `message-unknown`, also when it is in none of `folders`, and for a note. */
export function placeOf(sql: SqlConnection, id: MessageId, folders?: readonly Folder[]): MessagePlace {
  return placed(
    sql.get<MessagePlace>(`SELECT row, folder FROM messages WHERE id = $id AND kind = 'mail'`, { id }),
    folders,
  );
}

/** The same for what is sealed and sent: a note is found too. */
export function outgoingPlaceOf(
  sql: SqlConnection,
  id: MessageId,
  folders: readonly Folder[],
): MessagePlace & { readonly kind: 'mail' | 'note' } {
  return placed(
    sql.get<MessagePlace & { kind: 'mail' | 'note' }>('SELECT row, folder, kind FROM messages WHERE id = $id', { id }),
    folders,
  );
}

function placed<Place extends MessagePlace>(place: Place | undefined, folders: readonly Folder[] | undefined): Place {
  if (place === undefined || (folders !== undefined && !folders.includes(place.folder))) throw unknownMessage();
  return place;
}

/** The next place in the identity's order of messages. */
export function nextSequence(sql: SqlConnection): number {
  sql.run(`UPDATE counters SET value = value + 1 WHERE name = 'sequence'`);
  return sql.get<{ value: number }>(`SELECT value FROM counters WHERE name = 'sequence'`)?.value ?? 0;
}
