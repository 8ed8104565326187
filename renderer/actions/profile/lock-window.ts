import type { Services } from '../../state/services';
import { flushUnsaved } from '../../state/unsaved';
import { tryOrTell } from '../window/try-or-tell';

/** Locks the window alone, after what is being written was saved: mail goes on arriving. */
export const lockWindow = async ({ core }: Services): Promise<void> => {
  await flushUnsaved();
  await tryOrTell(() => core.call('profile.lockWindow', {}));
};
