import type { HoldingStore } from '../../ports/custody-store';
import { queueNote } from './queue-control';
import { noteAsSeen } from '../messages/received-messages';
import type { StoreParts } from '../sql/store-parts';

type PeerNotes = Pick<HoldingStore, 'submitNote' | 'receiveNote'>;

/**
 * Mail from program to program. It lies in the outbox, where it is sealed and tried as any other, but no list shows it
 * and no event tells of it.
 */
export function createPeerNotes({ sql, writer }: StoreParts): PeerNotes {
  return {
    submitNote: (note) =>
      writer.write(() => {
        queueNote(sql, note);
      }),
    receiveNote: (by) => writer.write(() => noteAsSeen(sql, by)),
  };
}
