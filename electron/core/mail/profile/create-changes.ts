import type { Outbox } from '../outgoing/deliver-outbox';
import type { Changes } from '../mailbox';

/**
 * What follows from a change. What others must know is compared and sent once for all changes of one piece of work,
 * right after it: somebody who is added and blocked in the same breath must hear nothing.
 */
export function createChanges(o: {
  readonly outbox: () => Pick<Outbox, 'startDue' | 'hurry' | 'hurryTo'>;
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
      o.outbox().startDue();
    },
    contacts: refreshSoon,
    custody: refreshSoon,
    online: (address) => {
      o.outbox().hurryTo(address);
    },
    delivery: (id) => {
      o.outbox().hurry(id);
    },
  };
}
