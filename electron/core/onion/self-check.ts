import type { OnionHost } from '../../../shared/ids';
import type { Clock, Unsubscribe } from '../ports/runtime';

export type SelfCheckTarget = {
  readonly host: OnionHost;
  readonly port: number;
  /** Our own key to a service that admits only clients. */
  readonly authKey: Uint8Array | undefined;
};

type SelfCheckOptions = {
  readonly clock: Clock;
  /** Those of our services that should be reachable. */
  readonly targets: () => readonly SelfCheckTarget[];
  readonly isReachable: (target: SelfCheckTarget) => Promise<boolean>;
  /** Whether there is so much to do that a failure would say nothing. */
  readonly isBusy: () => boolean;
  /** Called when a service could not be reached twice in a row. */
  readonly unreachable: () => Promise<void>;
};

const EVERY_MS = 15 * 60_000;

/**
 * tor itself does not notice when its onion services stop being reachable: now and then we connect to one of ours, to
 * each in its turn.
 */
export class SelfCheck {
  readonly #options: SelfCheckOptions;
  #turn = 0;
  #cancel: Unsubscribe = () => undefined;
  /** Another one after each start and stop. */
  #round = {};

  constructor(options: SelfCheckOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    const round = this.#round;
    this.#cancel = this.#options.clock.setTimer(EVERY_MS, () => void this.#check(round));
  }

  stop(): void {
    this.#cancel();
    this.#round = {};
  }

  async #check(round: object): Promise<void> {
    const targets = this.#options.isBusy() ? [] : this.#options.targets();
    const target = targets[this.#turn++ % Math.max(1, targets.length)];
    const reachable = target === undefined || (await this.#reaches(target, round));
    if (round !== this.#round) return;
    if (!reachable) await this.#options.unreachable();
    if (round === this.#round) this.start();
  }

  async #reaches(target: SelfCheckTarget, round: object): Promise<boolean> {
    if (await this.#options.isReachable(target)) return true;
    return round === this.#round && this.#options.isReachable(target);
  }
}
