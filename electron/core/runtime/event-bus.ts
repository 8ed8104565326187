import type { CoreEvent } from '../../../shared/contract/core-events';
import type { Events, Log, Unsubscribe } from '../ports/runtime';

/** Hands each published event to every subscriber, in the order of subscription, before `publish` returns. */
export class EventBus implements Events {
  readonly #listeners = new Set<(event: CoreEvent) => void>();
  readonly #log: Pick<Log, 'error'> | undefined;

  constructor(log?: Pick<Log, 'error'>) {
    this.#log = log;
  }

  /** Never throws: the event tells of committed state, and a listener's fault must not look like a failed commit. */
  publish(event: CoreEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        this.#log?.error('event-listener-failed');
      }
    }
  }

  subscribe(listener: (event: CoreEvent) => void): Unsubscribe {
    const own = (event: CoreEvent): void => listener(event);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}
