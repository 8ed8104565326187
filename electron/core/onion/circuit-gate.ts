import type { Clock } from '../ports/runtime';

type Waiting = { readonly user: string; readonly admit: (leave: (() => void) | undefined) => void };

/**
 * So many may be inside at once, the others wait. Next is the user with the fewest inside, of several the one who waits
 * longest: otherwise an identity with a thousand messages would hold up another identity's only one.
 */
export class CircuitGate {
  readonly #clock: Clock;
  readonly #places: number;
  readonly #inside: string[] = [];
  readonly #waiting: Waiting[] = [];

  constructor({ clock, places }: { clock: Clock; places: number }) {
    this.#clock = clock;
    this.#places = places;
  }

  /** Goes in if a place is free and no one waits. Answers the function to call when leaving. */
  tryEnter(user: string): (() => void) | undefined {
    return this.#inside.length < this.#places ? this.#admit(user) : undefined;
  }

  /** Waits for a place. Undefined when none came free in time. */
  enter(user: string, timeoutMs: number): Promise<(() => void) | undefined> {
    const leave = this.tryEnter(user);
    if (leave) return Promise.resolve(leave);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        user,
        admit: (admitted) => {
          cancel();
          resolve(admitted);
        },
      };
      const cancel = this.#clock.setTimer(timeoutMs, () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(undefined);
      });
      this.#waiting.push(waiting);
    });
  }

  #admit(user: string): () => void {
    let isInside = true;
    this.#inside.push(user);
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#inside.splice(this.#inside.indexOf(user), 1);
      this.#admitNext();
    };
  }

  #admitNext(): void {
    const insideOf = (user: string) => this.#inside.filter((other) => other === user).length;
    let next = this.#waiting[0];
    for (const waiting of this.#waiting) if (next && insideOf(waiting.user) < insideOf(next.user)) next = waiting;
    if (!next) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    next.admit(this.#admit(next.user));
  }
}
