import { MAX_PARALLEL_DELIVERIES_IN_PROFILE } from '../domain/limits';
import type { Unsubscribe } from '../ports/runtime';

/**
 * A place among what the whole profile sends at once: `undefined` when all are taken, else a function that gives it
 * back.
 */
export type DeliverySlots = { take(): (() => void) | undefined; onFree(listener: () => void): Unsubscribe };

/** Bounds the deliveries of all identities together, so that waking after a long sleep is no storm of circuits. */
export function createDeliverySlots(count = MAX_PARALLEL_DELIVERIES_IN_PROFILE): DeliverySlots {
  const listeners = new Set<() => void>();
  let free = count;
  return {
    take: () => {
      if (free === 0) return undefined;
      free -= 1;
      return () => {
        free += 1;
        for (const listener of listeners) listener();
      };
    },
    onFree: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
