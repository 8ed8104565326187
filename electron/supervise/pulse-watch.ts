const TICK_MS = 5_000;
/** Thirty seconds without an answer. */
const MISSED_TICKS = 6;
/** Ten minutes: who stood still again and again may only be slow, with a large profile on a small machine. */
const MOST_MISSED_TICKS = 120;
/** Answers after which what stood still is trusted again. */
const ANSWERS_OF_HEALTH = 120;

export type PulseWatchOptions = {
  /** Asks the process for an answer, to be told by `heard`. */
  readonly ping: () => void;
  /** The process has stood still; the watch has ended. */
  readonly onStill: () => void;
  /** Milliseconds from one ping to the next. */
  readonly tickMs?: number;
  /** Nobody starts the process anew so soon: it gets ten minutes at once. */
  readonly patient?: boolean;
};

/**
 * Tells a process that stands still from one that works: it answers a ping every five seconds, and may miss six. Time
 * is counted by its own ticks: while the machine sleeps, or this process has no processor, hardly any passes.
 * Each time a process has stood still it gets twice as long the next time, so that one that is merely slow gets there
 * in the end.
 */
export class PulseWatch {
  readonly #options: PulseWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #missed = 0;
  #allowed: number;
  #answers = 0;
  #isHeard = true;
  #isBusy = false;

  constructor(options: PulseWatchOptions) {
    this.#options = options;
    this.#allowed = this.#usual();
  }

  /** Begins with a process that was just started. */
  start(): void {
    this.stop();
    this.#missed = 0;
    this.#answers = 0;
    this.#isHeard = true;
    this.#isBusy = false;
    this.#timer = setInterval(() => this.#tick(), this.#options.tickMs ?? TICK_MS);
    this.#timer.unref();
  }

  /** The process answered. */
  heard(): void {
    this.#isHeard = true;
    this.#isBusy = false;
    this.#answers += 1;
    if (this.#answers >= ANSWERS_OF_HEALTH) this.#allowed = this.#usual();
  }

  /**
   * The process says that it will be busy, as with a database of an older version: ending it would only make it begin
   * anew. It gets as long as it needs, until it answers again.
   */
  busy(): void {
    this.#isBusy = true;
  }

  /** The process has ended, or is asked to. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #usual(): number {
    return this.#options.patient === true ? MOST_MISSED_TICKS : MISSED_TICKS;
  }

  #tick(): void {
    this.#missed = this.#isHeard || this.#isBusy ? 0 : this.#missed + 1;
    this.#isHeard = false;
    if (this.#missed < this.#allowed) {
      this.#options.ping();
      return;
    }
    this.#allowed = Math.min(2 * this.#allowed, MOST_MISSED_TICKS);
    this.stop();
    this.#options.onStill();
  }
}
