import type { LocalDoor } from '../../ports/local-server';
import type { OnionHost } from '../../../../shared/ids';
import type { TorStatus } from '../../../../shared/tor-status';
import type { DialOutcome, Onion, OnionKeys, PublishedOnion } from '../../ports/onion';
import type { Unsubscribe } from '../../ports/runtime';
import type { MachineClock } from './machine-clock';
import { VirtualSocket, type Service, type Uplink, type VirtualLink } from './virtual-link';
import type { VirtualNetwork } from './virtual-network';

type State = ReturnType<PublishedOnion['state']>;
type Publishing = {
  readonly services: ReadonlyMap<number, Service>;
  state: State;
  readonly listeners: Set<(state: State) => void>;
};

type Parts = {
  readonly network: VirtualNetwork;
  readonly clock: MachineClock;
  readonly onionKeys: Pick<OnionKeys, 'onionOf'>;
  /** What listens on a loopback port of this machine. */
  readonly serviceAt: (port: LocalDoor) => Service | undefined;
};

/**
 * The tor of one machine: bootstraps when there is a network, publishes onions, dials others. Private onions admit
 * everybody here.
 */
export class VirtualOnion implements Onion, Uplink {
  readonly links = new Set<VirtualLink>();
  readonly #published = new Map<OnionHost, Publishing>();
  readonly #listeners = new Set<(status: TorStatus) => void>();
  #phase: 'offline' | 'bootstrapping' | 'online' = 'offline';
  /** Counts changes of the network: a wait that began before a change is then known to be out of date. */
  #turn = 0;

  constructor(private readonly o: Parts) {}

  isUp(): boolean {
    return this.#phase === 'online';
  }

  /** There is a network from now on; tor needs a moment. */
  async plugIn(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#setPhase('bootstrapping');
    await this.o.clock.wait(this.o.network.weather.bootstrapMs());
    if (turn !== this.#turn) return;
    this.#setPhase('online');
    for (const onion of this.#published.keys()) void this.#announce(onion);
  }

  /** The network is gone: everything that was open breaks. */
  unplug(): void {
    this.#turn += 1;
    for (const [onion, publishing] of this.#published) {
      this.o.network.leave(onion, this);
      setState(publishing, 'offline');
    }
    this.#setPhase('offline');
    for (const link of [...this.links]) link.close();
  }

  /** The machine is off: other machines notice, its own program does not. */
  powerLost(): void {
    this.#listeners.clear();
    for (const { listeners } of this.#published.values()) listeners.clear();
    this.unplug();
  }

  torChanged(): void {}

  publish({ seed, ports }: Parameters<Onion['publish']>[0]): PublishedOnion {
    const onion = this.o.onionKeys.onionOf(seed);
    const services = new Map<number, Service>();
    for (const { virtualPort, target } of ports) {
      const service = this.o.serviceAt(target);
      if (service) services.set(virtualPort, service);
    }
    const publishing: Publishing = { services, state: 'offline', listeners: new Set() };
    this.#published.set(onion, publishing);
    if (this.isUp()) void this.#announce(onion);
    return this.#handle(onion, publishing);
  }

  authorise(): void {}

  about(): undefined {
    return undefined;
  }

  status(): TorStatus {
    return this.isUp()
      ? { phase: 'online', progress: 100, summary: 'connected to the Tor network' }
      : { phase: 'restarting', progress: 0, summary: 'connecting to the Tor network' };
  }

  onStatus(listener: (status: TorStatus) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dial({ host, port }: { host: OnionHost; port: number }): Promise<DialOutcome> {
    if (!this.isUp()) return { outcome: 'failed', failure: 'tor-offline' };
    const connecting = await this.o.network.connect({
      from: this,
      to: host,
      port,
      wait: (milliseconds) => this.o.clock.wait(milliseconds),
    });
    return connecting.outcome === 'connected'
      ? { outcome: 'connected', socket: new VirtualSocket(connecting.link) }
      : connecting;
  }

  takePlace(): ReturnType<Onion['takePlace']> {
    return Promise.resolve(
      this.isUp() ? { proxy: { host: '127.0.0.1', port: 9_050 }, leave: () => undefined } : undefined,
    );
  }

  setBridges(): Promise<void> {
    return Promise.resolve();
  }

  networkChanged(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.unplug();
    return Promise.resolve();
  }

  #handle(onion: OnionHost, publishing: Publishing): PublishedOnion {
    return {
      state: () => publishing.state,
      onState: (listener) => {
        publishing.listeners.add(listener);
        return () => publishing.listeners.delete(listener);
      },
      setClients: () => Promise.resolve(),
      withdraw: () => {
        if (this.#published.get(onion) === publishing) this.#published.delete(onion);
        this.o.network.leave(onion, this);
        setState(publishing, 'offline');
        return Promise.resolve();
      },
    };
  }

  async #announce(onion: OnionHost): Promise<void> {
    const publishing = this.#published.get(onion);
    const turn = this.#turn;
    if (!publishing) return;
    setState(publishing, 'publishing');
    await this.o.clock.wait(this.o.network.weather.publishMs());
    if (turn !== this.#turn || this.#published.get(onion) !== publishing) return;
    this.o.network.publish(onion, { uplink: this, services: publishing.services });
    setState(publishing, 'online');
  }

  #setPhase(phase: 'offline' | 'bootstrapping' | 'online'): void {
    this.#phase = phase;
    for (const listener of [...this.#listeners]) listener(this.status());
  }
}

function setState(publishing: Publishing, state: State): void {
  if (publishing.state === state) return;
  publishing.state = state;
  for (const listener of [...publishing.listeners]) listener(state);
}
