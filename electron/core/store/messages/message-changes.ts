import { PosthornError } from '../../../../shared/errors';
import type { MessageId } from '../../../../shared/ids';
import type { Folder } from '../../../../shared/message';
import { lendsMail, takesMail } from '../../domain/mailboxes/mailbox-rules';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { MessagePlace, StoreParts } from '../sql/store-parts';
import { placeOf } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Messages } from '../../ports/storage/messages';

const DELETABLE: readonly Folder[] = ['trash', 'drafts', 'requests'];

type Changes = Pick<Messages, 'setFlags' | 'noteReadTold' | 'move' | 'delete'>;

/** Changes of stored messages: all of the named ones, or none when one of them is unknown. */
export function createMessageChanges(parts: StoreParts): Changes {
  const { sql, writer, identityId } = parts;
  return {
    setFlags: (ids, { seen, flagged }) =>
      writer.write((emit) => {
        const values = { seen: toSql(seen), flagged: toSql(flagged) };
        const rows = placesOf(sql, ids).map(({ row }) => row);
        emitChanged(
          parts,
          rows.filter((row) => sql.run(SET_FLAGS, { row, ...values }) === 1),
          emit,
        );
      }),
    noteReadTold: (id) => writer.write(() => noteReadTold(sql, placeOf(sql, id).row)),
    move: (ids, folder) => {
      const mailbox = mailboxRow(sql, folder);
      if (!takesMail(useOf(sql, mailbox)))
        throw new PosthornError('mailbox-refused', 'Messages cannot be moved there. Nothing was changed.');
      writer.write((emit) => {
        const places = placesOf(sql, ids);
        if (places.some((place) => !lendsMail(place.folder ?? undefined))) throw unknownMessage();
        const rows = places.filter((place) => place.mailbox !== mailbox).map(({ row }) => row);
        for (const row of rows) sql.run(MOVE, { mailbox, row });
        emitChanged(parts, rows, emit);
      });
    },
    delete: (ids) =>
      writer.write((emit) => {
        for (const id of new Set(ids)) {
          deleteMessage(sql, placeOf(sql, id, DELETABLE).row);
          emit({ type: 'message.removed', identityId, messageId: id });
        }
      }),
  };
}

/** Changes no row that has the flags already, so that no event tells of nothing. */
const SET_FLAGS = `
  UPDATE messages SET seen = coalesce($seen, seen), flagged = coalesce($flagged, flagged)
  WHERE row = $row AND (seen <> coalesce($seen, seen) OR flagged <> coalesce($flagged, flagged))`;

/** Who moves a message wants to keep it, whatever another program had marked it for. */
const MOVE = 'UPDATE messages SET mailbox = $mailbox, deleted = 0 WHERE row = $row';

function toSql(flag: boolean | undefined): number | null {
  return flag === undefined ? null : Number(flag);
}

function placesOf(sql: SqlConnection, ids: readonly MessageId[]): MessagePlace[] {
  return [...new Set(ids)].map((id) => placeOf(sql, id));
}

function useOf(sql: SqlConnection, row: number): Folder | undefined {
  const query = 'SELECT special_use AS use FROM mailboxes WHERE row = $row';
  return sql.get<{ use: Folder | null }>(query, { row })?.use ?? undefined;
}

function emitChanged({ summaries }: StoreParts, rows: readonly number[], emit: Emit): void {
  const tail = 'WHERE m.row IN (SELECT value FROM json_each($rows)) ORDER BY m.sequence';
  for (const message of summaries.select(tail, { rows: JSON.stringify(rows) }))
    emit({ type: 'message.changed', message });
}

/** Texts, attachments, wire copies, deliveries and words of the index go with the row. */
export function deleteMessage(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM messages WHERE row = $row', { row });
}

function noteReadTold(sql: SqlConnection, row: number): string | undefined {
  const noted = sql.run(
    `INSERT INTO read_told (rfc_message_id, from_address)
     SELECT rfc_message_id, from_address FROM messages WHERE row = $row AND rfc_message_id IS NOT NULL
     ON CONFLICT DO NOTHING`,
    { row },
  );
  const query = 'SELECT rfc_message_id AS name FROM messages WHERE row = $row';
  return noted === 1 ? sql.get<{ name: string }>(query, { row })?.name : undefined;
}
