import { PosthornError } from '../../../../shared/errors';
import type { Pgp } from '../../ports/pgp';

/** A key block that takes too much to check is one that cannot be read: whoever asked knows that answer already. */
export function refuseUnreadable(check: Pgp['checkKeyBlock']): Pgp['checkKeyBlock'] {
  return async (question) => {
    try {
      return await check(question);
    } catch (error) {
      if (error instanceof PosthornError && error.code === 'unreadable-content')
        return { outcome: 'refused', reason: 'unreadable' };
      throw error;
    }
  };
}
