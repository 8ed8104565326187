import { queueControlRow } from './queue-control';
import { recordAsSeen } from '../messages/seen-messages';
import type { StoreParts } from '../sql/store-parts';
import type { ControlQueue } from '../../ports/storage/control-queue';

/**
 * Mail from program to program. It lies in the outbox, where it is sealed and tried as any other, but no list shows it
 * and no event tells of it.
 */
export function createControlMessages({ sql, writer }: StoreParts): ControlQueue {
  return {
    queue: (control) =>
      writer.write(() => {
        queueControlRow(sql, control);
      }),
    record: (by) => writer.write(() => recordAsSeen(sql, by)),
  };
}
