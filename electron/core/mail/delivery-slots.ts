import { MAX_PARALLEL_DELIVERIES_IN_PROFILE } from '../domain/limits';
import type { Unsubscribe } from '../ports/runtime';

/**
 * Places for what the whole profile sends at once. `take` answers a function that gives the place back, or `undefined`
 * when all are taken. `onFree` is told only when somebody has found them taken: the end of one identity's delivery must
 * not begin another's.
 */
export type DeliverySlots = { take(): (() => void) | undefined; onFree(listener: () => void): Unsubscribe };

/** When an identity may talk: several of one profile must not begin in one moment. */
export type Turn = {
  /** False while it waits for its time after a start, or after Tor came back. */
  mayBegin(): boolean;
  /** Ends that wait, because the person wants something of this identity; whether there was one. */
  begin(): boolean;
};

/** The same places, of which an identity gets none before its turn, whoever of its parts asks for one. */
export function inTurn(slots: DeliverySlots, turn: Pick<Turn, 'mayBegin'>): DeliverySlots {
  return { take: () => (turn.mayBegin() ? slots.take() : undefined), onFree: (listener) => slots.onFree(listener) };
}

/**
 * Limits the deliveries of all identities together: otherwise tor would build a storm of circuits after a long sleep.
 */
export function createDeliverySlots(count = MAX_PARALLEL_DELIVERIES_IN_PROFILE): DeliverySlots {
  const listeners = new Set<() => void>();
  let free = count;
  let wasShort = false;
  return {
    take: () => {
      if (free === 0) {
        wasShort = true;
        return undefined;
      }
      free -= 1;
      return () => {
        free += 1;
        if (!wasShort) return;
        wasShort = false;
        for (const listener of listeners) listener();
      };
    },
    onFree: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** At most `count` of these places at once: the others are for everybody else. */
export function partOfSlots(slots: DeliverySlots, count: number): DeliverySlots {
  const own = createDeliverySlots(count);
  return {
    take: () => {
      const giveBackOwn = own.take();
      const giveBack = giveBackOwn && slots.take();
      if (!giveBack) {
        giveBackOwn?.();
        return undefined;
      }
      return () => {
        giveBack();
        giveBackOwn();
      };
    },
    onFree: (listener) => {
      const stops = [own.onFree(listener), slots.onFree(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
