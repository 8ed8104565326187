import type { MailAddress } from '../../../../shared/ids';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { Outbox } from '../../ports/storage/outbox';
import type { Enclosures } from '../../ports/storage/mail-records';
import type { SqlConnection } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { outgoingPlaceOf } from '../sql/store-parts';

type EnclosureStore = Pick<Outbox, 'putEnclosures' | 'enclosures'>;

/** What travels inside a message beside its text, from the draft until its last delivery is finished. */
export function createEnclosures({ sql, writer }: StoreParts): EnclosureStore {
  return {
    putEnclosures: ({ messageId, enclosures }) =>
      writer.write(() => {
        const { row } = outgoingPlaceOf(sql, messageId, ['drafts', 'outbox']);
        put(sql, row, enclosures);
      }),
    enclosures: (messageId) => {
      const found = sql.get<EnclosuresRow>(
        'SELECT p.message_row, p.moved_to, p.note FROM parcels p JOIN messages m ON m.row = p.message_row WHERE m.id = $messageId',
        { messageId },
      );
      return found === undefined ? undefined : toEnclosures(sql, found);
    },
  };
}

/** Call it in the transaction that finishes the last delivery of a message. */
export function dropEnclosures(sql: SqlConnection, row: number): void {
  sql.run('DELETE FROM parcels WHERE message_row = $row', { row });
}

type EnclosuresRow = { message_row: number; moved_to: MailAddress | null; note: string | null };

/** The control message of a message that was queued with one is never replaced. */
const PUT_PARCEL = `
  INSERT INTO parcels (message_row, moved_to, note) VALUES ($row, $movedTo, $note)
  ON CONFLICT DO UPDATE SET moved_to = $movedTo, note = CASE WHEN note_topic IS NULL THEN $note ELSE note END`;

function put(sql: SqlConnection, row: number, { keyBlocks, movedTo, control }: Enclosures): void {
  sql.run('DELETE FROM parcel_keys WHERE message_row = $row', { row });
  sql.run(PUT_PARCEL, { row, movedTo: movedTo ?? null, note: control === undefined ? null : JSON.stringify(control) });
  for (const block of keyBlocks) {
    sql.run('INSERT INTO parcel_keys (message_row, public_key) VALUES ($row, $publicKey)', {
      row,
      publicKey: toBlob(block),
    });
  }
}

function toEnclosures(sql: SqlConnection, { message_row: row, moved_to: movedTo, note }: EnclosuresRow): Enclosures {
  const keys = sql.all<{ public_key: Uint8Array<ArrayBuffer> }>(
    'SELECT public_key FROM parcel_keys WHERE message_row = $row ORDER BY row',
    { row },
  );
  return {
    keyBlocks: keys.map((key) => fromBlob(key.public_key)),
    ...(movedTo === null ? {} : { movedTo }),
    ...(note === null ? {} : { control: storedControl(note) }),
  };
}

/** A stored control message. */
export function storedControl(json: string): ControlMessage {
  return JSON.parse(json) as ControlMessage;
}
