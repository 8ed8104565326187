import type { Clock, Unsubscribe } from '../ports/runtime';

/** Calls `over` once nothing was heard for so many milliseconds. */
export class IdleTimer {
  #lastHeard: number;
  #cancel: Unsubscribe = () => undefined;

  constructor(private readonly o: { readonly clock: Clock; readonly milliseconds: number; readonly over: () => void }) {
    this.#lastHeard = o.clock.now();
    this.#arm(o.milliseconds);
  }

  heard(): void {
    this.#lastHeard = this.o.clock.now();
  }

  cancel(): void {
    this.#cancel();
  }

  #arm(wait: number): void {
    const { clock, milliseconds, over } = this.o;
    this.#cancel = clock.setTimer(wait, () => {
      const silence = clock.now() - this.#lastHeard;
      // A wall clock that was set back must not make it wait for longer than once more.
      if (silence < milliseconds) this.#arm(Math.min(milliseconds, milliseconds - silence));
      else over();
    });
  }
}
