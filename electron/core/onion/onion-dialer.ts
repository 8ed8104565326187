import { MAX_OUTGOING_CIRCUITS } from '../domain/limits';
import type { CircuitPlace, DialFailure, DialOutcome, Onion, SocksProxy } from '../ports/onion';
import type { Clock } from '../ports/runtime';
import { CircuitGate } from './circuit-gate';
import { hedgedDial, type Try } from './hedged-dial';
import { cachedOnionCheck } from './onion-address-check';
import { socks5Connect } from './socks5-connect';

type DialOptions = Parameters<Onion['dial']>[0];

const KEPT_CHECKS = 2_000;

const failed = (failure: DialFailure): DialOutcome => ({ outcome: 'failed', failure });

/**
 * Opens streams through tor, a few at a time: after months away there are hundreds of messages to send and to ask for,
 * and each costs every relay on its way a circuit. Further tries of one dial take only places that no other dial needs.
 */
export class OnionDialer {
  readonly #clock: Clock;
  readonly #proxy: () => SocksProxy | undefined;
  readonly #gate: CircuitGate;
  readonly #check = cachedOnionCheck(KEPT_CHECKS);

  /** `proxy`: undefined while tor is not online. */
  constructor({ clock, proxy }: { clock: Clock; proxy: () => SocksProxy | undefined }) {
    this.#clock = clock;
    this.#proxy = proxy;
    this.#gate = new CircuitGate({ clock, places: MAX_OUTGOING_CIRCUITS });
  }

  /** Whether a dial would have to wait. */
  isBusy(): boolean {
    const leave = this.#gate.tryEnter('');
    leave?.();
    return leave === undefined;
  }

  async dial(options: DialOptions): Promise<DialOutcome> {
    if (this.#check(options.host) !== 'ok') return failed('bad-address');
    if (!this.#proxy()) return failed('tor-offline');
    const end = this.#clock.now() + options.timeoutMs;
    const leave = await this.#gate.enter(options.isolation.user, options.timeoutMs);
    if (!leave) return failed('timed-out');
    const proxy = this.#proxy();
    if (proxy)
      return this.#hedged(
        { ...options, timeoutMs: Math.min(options.timeoutMs, Math.max(0, end - this.#clock.now())) },
        { proxy, leave },
      );
    leave();
    return failed('tor-offline');
  }

  /**
   * A place for a caller that speaks SOCKS itself; undefined while tor is not online, or when none came free in time.
   */
  async takePlace({ isolation, timeoutMs }: Parameters<Onion['takePlace']>[0]): Promise<CircuitPlace | undefined> {
    if (!this.#proxy()) return undefined;
    const leave = await this.#gate.enter(isolation.user, timeoutMs);
    const proxy = this.#proxy();
    if (leave && proxy) return { proxy, leave };
    leave?.();
    return undefined;
  }

  #hedged(options: DialOptions, { proxy, leave }: { proxy: SocksProxy; leave: () => void }): Promise<DialOutcome> {
    const { user, password } = options.isolation;
    const attempt = ({ number, afterMs, signal }: Try) => {
      if (number > 0 && afterMs >= options.timeoutMs) return undefined;
      const leaving = number === 0 ? leave : this.#gate.tryEnter(user);
      if (!leaving) return undefined;
      const isolation = { user, password: password + '+'.repeat(number) };
      const timeoutMs = options.timeoutMs - afterMs;
      return socks5Connect({
        ...options,
        isolation,
        timeoutMs,
        proxy,
        signal,
        clock: this.#clock,
        check: this.#check,
      }).finally(leaving);
    };
    return hedgedDial({ clock: this.#clock, attempt });
  }
}
