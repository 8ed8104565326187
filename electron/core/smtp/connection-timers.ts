import { SMTP_CONNECTION_TIMEOUT_MS, SMTP_IDLE_TIMEOUT_MS } from '../domain/limits';
import type { Clock } from '../ports/runtime';

type Watched = {
  readonly clock: Clock;
  /** When the peer was last heard, milliseconds. */
  readonly lastHeard: () => number;
  /** While a message is being stored, neither timer ends the connection. */
  readonly isStoring: () => boolean;
  readonly idle: () => void;
  readonly tooLong: () => void;
};

/** The two times a connection must keep: between two octets, and in all. */
export class ConnectionTimers {
  readonly #watched: Watched;
  #cancelIdle: () => void = () => undefined;
  #cancelLimit: () => void = () => undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#armIdle(SMTP_IDLE_TIMEOUT_MS);
    this.#armLimit(SMTP_CONNECTION_TIMEOUT_MS);
  }

  cancel(): void {
    this.#cancelIdle();
    this.#cancelLimit();
  }

  #armIdle(wait: number): void {
    const { clock, lastHeard, isStoring, idle } = this.#watched;
    this.#cancelIdle = clock.setTimer(wait, () => {
      const silence = clock.now() - lastHeard();
      if (isStoring()) this.#armIdle(SMTP_IDLE_TIMEOUT_MS);
      else if (silence < SMTP_IDLE_TIMEOUT_MS) this.#armIdle(SMTP_IDLE_TIMEOUT_MS - silence);
      else idle();
    });
  }

  #armLimit(wait: number): void {
    const { clock, isStoring, tooLong } = this.#watched;
    this.#cancelLimit = clock.setTimer(wait, () => {
      if (isStoring()) this.#armLimit(SMTP_IDLE_TIMEOUT_MS);
      else tooLong();
    });
  }
}
