import { isControlQueued, queueControlRow } from './queue-control';
import { recordAsSeen } from '../messages/seen-messages';
import type { StoreParts } from '../sql/store-parts';
import type { ControlQueue } from '../../ports/storage/control-queue';

/**
 * Messages from program to program. They lie in the outbox and are sealed and tried as mail is, but no list shows them
 * and no event announces them.
 */
export function createControlMessages({ sql, writer }: StoreParts): ControlQueue {
  return {
    queue: (control) =>
      writer.write(() => {
        queueControlRow(sql, control);
      }),
    isQueued: (about) => isControlQueued(sql, about),
    record: (by) => writer.write(() => recordAsSeen(sql, by)),
  };
}
