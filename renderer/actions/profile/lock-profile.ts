import type { Services } from '../../state/services';
import { lockWhenSaved } from './lock-when-saved';
import type { AskedBy } from './lock-when-saved';

/**
 * Locks the profile, after what is being written was saved; the window empties when the core says that it is locked.
 */
export const lockProfile = (services: Services, by: AskedBy = 'person'): Promise<void> =>
  lockWhenSaved(() => services.core.call('profile.lock', {}), by);
