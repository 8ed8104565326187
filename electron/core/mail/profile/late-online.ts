import type { Unsubscribe } from '../../ports/runtime';
import type { Services } from '../mailbox';
import type { Part } from './parts';

/**
 * A part that hears only after a wait that its identity has come online. Whoever keeps mail for two identities would
 * otherwise be asked by both in one moment. What the person wants ends the wait.
 * @param wait draws the milliseconds, 0: none
 */
export function lateOnline({ clock }: Pick<Services, 'clock'>, part: Part, wait: () => number): Part {
  let cancel: Unsubscribe | undefined;
  const come = (): void => {
    cancel?.();
    cancel = undefined;
    part.online?.(true);
  };
  return {
    name: part.name,
    wake: () => {
      if (cancel) come();
      else part.wake?.();
    },
    refresh: () => part.refresh?.(),
    online: (isOnline) => {
      cancel?.();
      cancel = undefined;
      const milliseconds = isOnline ? wait() : 0;
      if (milliseconds === 0) part.online?.(isOnline);
      else cancel = clock.setTimer(milliseconds, come);
    },
    close: () => {
      cancel?.();
      cancel = undefined;
      return part.close();
    },
  };
}
