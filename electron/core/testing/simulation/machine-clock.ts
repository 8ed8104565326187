import type { Clock, Unsubscribe } from '../../ports/runtime';

type Timer = { due: number; readonly run: () => void; cancel: Unsubscribe };

/** The clock of one machine: its timers stand while it sleeps, and are gone when it is off. */
export class MachineClock implements Clock {
  readonly #timers = new Set<Timer>();
  #state: 'running' | 'asleep' | 'off' = 'running';
  #asleepSince = 0;

  constructor(private readonly world: Clock) {}

  now(): number {
    return this.world.now();
  }

  setTimer(milliseconds: number, run: () => void): Unsubscribe {
    if (this.#state === 'off') return () => undefined;
    const timer: Timer = { due: this.now() + Math.max(0, milliseconds), run, cancel: () => undefined };
    this.#timers.add(timer);
    if (this.#state === 'running') this.#wind(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  /** Resolves after so much running time; never when the machine is switched off before. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.setTimer(milliseconds, resolve);
    });
  }

  sleep(): void {
    this.#state = 'asleep';
    this.#asleepSince = this.now();
    for (const timer of this.#timers) timer.cancel();
  }

  /** A timer that was due in five minutes before the sleep is due in five minutes after it. */
  wake(): void {
    this.#state = 'running';
    const slept = this.now() - this.#asleepSince;
    for (const timer of this.#timers) {
      timer.due += slept;
      this.#wind(timer);
    }
  }

  off(): void {
    this.#state = 'off';
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #wind(timer: Timer): void {
    timer.cancel = this.world.setTimer(timer.due - this.now(), () => {
      this.#timers.delete(timer);
      this.#run(timer);
    });
  }

  /** An error because the power went in the middle is dropped: the program that would see it is gone. */
  #run({ run }: Timer): void {
    try {
      run();
    } catch (error) {
      if (this.#isRunning()) throw error;
    }
  }

  #isRunning(): boolean {
    return this.#state === 'running';
  }
}
