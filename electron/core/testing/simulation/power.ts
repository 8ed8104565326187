import type { MailStore } from '../../ports/storage/mail-store';

/** The power of one machine, which can fail at any step of any work. */
export class Power {
  #isOn = true;
  #stepsLeft = Number.POSITIVE_INFINITY;

  /** `lost` is called once, when the power fails. */
  constructor(private readonly lost: () => void) {}

  isOn(): boolean {
    return this.#isOn;
  }

  /**
   * Cuts it after so many more uses of the store: between two of them, or after one was committed and before the
   * program knows.
   */
  failAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  cut(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.lost();
  }

  /** Before each use of the store. */
  step(): void {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft <= 0) this.cut();
    if (!this.#isOn) throw new Error('The power is gone');
  }
}

/**
 * The store of a machine: what is committed stays, and nothing is read or written without power. `track`: the world's
 * time waits for work that is given to it.
 */
export function poweredStore(
  mail: MailStore,
  { power, track }: { readonly power: Power; readonly track: <T>(work: Promise<T>) => Promise<T> },
): MailStore {
  const use = (method: (...parameters: unknown[]) => unknown, parameters: unknown[]): unknown => {
    power.step();
    const result = method(...parameters);
    if (!(result instanceof Promise)) return result;
    return track(result).then((value: unknown) => (power.isOn() ? value : new Promise(() => undefined)));
  };
  const poweredPart = (part: object): object =>
    Object.fromEntries(
      Object.entries(part).map(([name, member]: [string, object]) => [
        name,
        typeof member === 'function'
          ? (...parameters: unknown[]): unknown => use(member as (...all: unknown[]) => unknown, parameters)
          : poweredPart(member),
      ]),
    );
  return { ...(poweredPart(mail) as MailStore), close: () => undefined };
}
