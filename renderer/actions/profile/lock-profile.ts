import type { Services } from '../../state/services';
import { flushUnsaved } from '../../state/unsaved';
import { attempt } from '../window/attempt';

/**
 * Locks the profile, after what is being written was saved; the window empties when the core says that it is locked.
 */
export const lockProfile = async ({ core }: Services): Promise<void> => {
  await flushUnsaved();
  await attempt(() => core.call('profile.lock', {}));
};
