import type { Services } from '../../state/services';
import { lockWhenSaved } from './lock-when-saved';
import type { AskedBy } from './lock-when-saved';

/** Locks the window alone, after what is being written was saved: mail goes on arriving. */
export const lockWindow = (services: Services, by: AskedBy = 'person'): Promise<void> =>
  lockWhenSaved(() => services.core.call('profile.lockWindow', {}), by);
