import { askToConfirm } from '../../state/questions/confirmation';
import { flushUnsaved } from '../../state/unsaved';
import { tryOrTell } from '../window/try-or-tell';

/** `idleness`: nobody is there who could be asked. */
export type AskedBy = 'person' | 'idleness';

/**
 * Locks when what is being written is saved, as a lock forgets the rest. Where it cannot be saved a person is asked,
 * and a window that nobody sits at is locked all the same.
 */
export const lockWhenSaved = async (lock: () => Promise<unknown>, by: AskedBy): Promise<void> => {
  const run = () => void tryOrTell(lock);
  if ((await flushUnsaved()) || by === 'idleness') {
    await tryOrTell(lock);
    return;
  }
  askToConfirm({
    title: 'Lock without saving?',
    text: 'What you are writing could not be saved, and locking forgets it. The composer says why.',
    confirm: 'Lock and lose it',
    tone: 'danger',
    run,
  });
};
