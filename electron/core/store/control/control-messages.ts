import type { HoldingStore } from '../../ports/custody-store';
import { queueControlRow } from './queue-control';
import { noteAsSeen } from '../messages/received-messages';
import type { StoreParts } from '../sql/store-parts';

type PeerNotes = Pick<HoldingStore, 'queueControl' | 'recordControl'>;

/**
 * Mail from program to program. It lies in the outbox, where it is sealed and tried as any other, but no list shows it
 * and no event tells of it.
 */
export function createControlMessages({ sql, writer }: StoreParts): PeerNotes {
  return {
    queueControl: (control) =>
      writer.write(() => {
        queueControlRow(sql, control);
      }),
    recordControl: (by) => writer.write(() => noteAsSeen(sql, by)),
  };
}
