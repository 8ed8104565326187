import type { Deliverer } from '../outgoing/deliverer';
import type { Changes } from '../mailbox';

/**
 * Does what follows from changes. Other people are told once for all changes of one piece of work, right after it: a
 * person who is added and blocked in one step must hear nothing.
 */
export function createChanges(o: {
  readonly deliverer: () => Pick<Deliverer, 'startDue' | 'hurry' | 'hurryTo'>;
  readonly refresh: () => void;
  /** A letter has arrived. */
  readonly arrived: () => void;
  /** Files what came on lists. */
  readonly fileLists: () => void;
  /** The person wants something of this identity now. */
  readonly wanted: () => void;
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
    queued: (by) => {
      if (by === 'person') o.wanted();
      o.deliverer().startDue();
    },
    contacts: refreshSoon,
    custody: refreshSoon,
    online: (address) => {
      o.deliverer().hurryTo(address);
    },
    lists: o.fileLists,
    delivery: (id) => {
      o.deliverer().hurry(id);
    },
    arrived: o.arrived,
  };
}
