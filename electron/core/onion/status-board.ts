import type { TorStatus } from '../../../shared/tor-status';
import type { Unsubscribe } from '../ports/runtime';

/** The status of tor that is in force, and everybody who follows it. */
export class StatusBoard {
  readonly #listeners = new Set<(status: TorStatus) => void>();
  #status: TorStatus;

  constructor(status: TorStatus) {
    this.#status = status;
  }

  get status(): TorStatus {
    return this.#status;
  }

  report(status: TorStatus): void {
    this.#status = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  follow(listener: (status: TorStatus) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
