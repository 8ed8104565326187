import type { Services } from '../../state/services';
import { flushUnsaved } from '../../state/unsaved';
import { tryOrTell } from '../window/try-or-tell';

/**
 * Locks the profile, after what is being written was saved; the window empties when the core says that it is locked.
 */
export const lockProfile = async ({ core }: Services): Promise<void> => {
  await flushUnsaved();
  await tryOrTell(() => core.call('profile.lock', {}));
};
