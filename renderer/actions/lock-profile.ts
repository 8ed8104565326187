import type { Services } from '../state/services';
import { attempt } from './attempt';

/** Locks the profile; the window empties when the core says that it is locked. */
export const lockProfile = async ({ core }: Services): Promise<void> => {
  await attempt(() => core.call('profile.lock', {}));
};
