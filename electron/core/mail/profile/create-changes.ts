import type { Deliverer } from '../outgoing/deliverer';
import type { Changes } from '../mailbox';

/**
 * What follows from a change. What others must know is compared and sent once for all changes of one piece of work,
 * right after it: somebody who is added and blocked in the same breath must hear nothing.
 */
export function createChanges(o: {
  readonly deliverer: () => Pick<Deliverer, 'startDue' | 'hurry' | 'hurryTo'>;
  readonly refresh: () => void;
}): Changes {
  let isDue = false;
  const refreshSoon = (): void => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      o.refresh();
    });
  };
  return {
    queued: () => {
      o.deliverer().startDue();
    },
    contacts: refreshSoon,
    custody: refreshSoon,
    online: (address) => {
      o.deliverer().hurryTo(address);
    },
    delivery: (id) => {
      o.deliverer().hurry(id);
    },
  };
}
