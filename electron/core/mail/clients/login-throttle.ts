import {
  FIRST_LOGIN_WAIT_MS,
  FREE_LOGINS,
  FREE_LOGINS_IN_ALL,
  LOGIN_FORGIVEN_MS,
  MAX_COUNTED_NAMES,
  MAX_LOGIN_QUEUE_MS,
  MAX_LOGIN_WAIT_MS,
} from '../../domain/client-limits';
import type { Clock } from '../../ports/runtime';

/** Tries that were not right, yet; `freeAt`: when the next may be made. */
type Tries = { count: number; last: number; freeAt: number };

/**
 * Slows down whoever guesses passwords: per user name, and in all, since names can be made up. A try counts from its
 * beginning, so that a thousand at once gain nothing; a right one takes its count back.
 */
export class LoginThrottle {
  readonly #names = new Map<string, Tries>();
  readonly #all: Tries = { count: 0, last: 0, freeAt: 0 };
  /** Ends the waits that are under way. */
  readonly #waits = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Resolves when this name may be tried; false at once where that would take too long. */
  async enter(name: string): Promise<boolean> {
    const now = this.clock.now();
    const both = [this.#of(name), this.#all] as const;
    for (const tries of both) forgive(tries, now);
    const turn = Math.max(now, ...both.map(({ freeAt }) => freeAt));
    if (turn - now > MAX_LOGIN_QUEUE_MS) return false;
    for (const [tries, free] of [
      [both[0], FREE_LOGINS],
      [both[1], FREE_LOGINS_IN_ALL],
    ] as const) {
      tries.count += 1;
      tries.last = now;
      tries.freeAt = turn + waitAfter(tries.count - free);
    }
    if (turn > now) await this.#wait(turn - now);
    return true;
  }

  /** Ends all waits; nobody is let in any more. */
  close(): void {
    for (const end of this.#waits) end();
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.clock.setTimer(milliseconds, end);
      this.#waits.add(end);
    });
  }

  /** The password for this name was right. */
  right(name: string): void {
    const { count } = this.#names.get(name) ?? { count: 0 };
    this.#names.delete(name);
    this.#all.count = Math.max(0, this.#all.count - count);
  }

  #of(name: string): Tries {
    const tries = this.#names.get(name) ?? { count: 0, last: 0, freeAt: 0 };
    this.#names.delete(name);
    this.#names.set(name, tries);
    const [oldest] = this.#names.keys();
    if (oldest !== undefined && this.#names.size > MAX_COUNTED_NAMES) this.#names.delete(oldest);
    return tries;
  }
}

/** A clock that was set back must not lock anybody out: no wait is longer than the longest. */
function forgive(tries: Tries, now: number): void {
  if (now - tries.last >= LOGIN_FORGIVEN_MS || now < tries.last) tries.count = 0;
  if (tries.count === 0 || tries.freeAt - now > MAX_LOGIN_QUEUE_MS + MAX_LOGIN_WAIT_MS) tries.freeAt = 0;
}

function waitAfter(paid: number): number {
  return paid <= 0 ? 0 : Math.min(FIRST_LOGIN_WAIT_MS * 2 ** (paid - 1), MAX_LOGIN_WAIT_MS);
}
