import { connect } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import type { TorStatus } from '../../../shared/tor-status';
import { clientAuthKeys, clientAuthPublicKey } from '../onion/client-auth';
import { makeOnionKeys } from '../onion/onion-keys';
import type { CircuitPlace, DialOutcome, Onion, PublishedOnion, SocksProxy } from '../ports/onion';
import type { LocalDoor } from '../ports/local-server';
import { LoopbackSocks } from './loopback-socks';

/** Local doors by virtual port, and the public keys of the clients it admits; undefined: everybody. */
type Service = { readonly ports: ReadonlyMap<number, LocalDoor>; readonly clients: readonly string[] | undefined };
type State = ReturnType<PublishedOnion['state']>;

/** The options of `connect` that lead to a door. */
export function placeOf(door: LocalDoor): { host: string; port: number } | { path: string } {
  return typeof door === 'number' ? { host: '127.0.0.1', port: door } : { path: door };
}

/** A tiny network on loopback: onions, their ports and the clients they admit. Shared by the cores of one test. */
export class LoopbackNetwork {
  readonly #services = new Map<OnionHost, Service>();

  static start(): Promise<LoopbackNetwork> {
    return LoopbackNetwork.listen(new LoopbackNetwork());
  }

  static listen<N extends LoopbackNetwork>(network: N): Promise<N> {
    return Promise.resolve(network);
  }

  /** `clients`: base32 x25519 public keys of those who are admitted; absent: everybody. */
  publish(onion: OnionHost, ports: ReadonlyMap<number, LocalDoor>, clients?: readonly string[]): void {
    this.#services.set(onion, { ports, clients: clients && clientAuthKeys(clients) });
  }

  withdraw(onion: OnionHost): void {
    this.#services.delete(onion);
  }

  /** `authKey`: the x25519 secret that the caller has for this onion. */
  async dial(onion: string, virtualPort: number, authKey?: Uint8Array): Promise<DialOutcome> {
    const service = this.#services.get(onion as OnionHost);
    if (!service) return { outcome: 'failed', failure: 'offline' };
    if (!admits(service, authKey)) return { outcome: 'failed', failure: 'needs-auth' };
    const door = service.ports.get(virtualPort);
    if (door === undefined) return { outcome: 'failed', failure: 'no-service' };
    const socket = connect(placeOf(door));
    return new Promise((resolve) => {
      socket.once('connect', () => {
        resolve({ outcome: 'connected', socket });
      });
      socket.once('error', () => {
        resolve({ outcome: 'failed', failure: 'temporary' });
      });
    });
  }

  stop(): Promise<void> {
    this.#services.clear();
    return Promise.resolve();
  }
}

function admits({ clients }: Service, authKey: Uint8Array | undefined): boolean {
  return clients === undefined || (authKey !== undefined && clients.includes(clientAuthPublicKey(authKey)));
}

type Published = {
  readonly ports: ReadonlyMap<number, LocalDoor>;
  clients: readonly string[] | undefined;
  announce: () => void;
};

/** The `Onion` port of one core on a loopback network, with a switch that takes its Tor away. */
export class LoopbackOnion implements Onion {
  readonly #keys = makeOnionKeys();
  readonly #listeners = new Set<(status: TorStatus) => void>();
  readonly #published = new Map<OnionHost, Published>();
  readonly #authKeys = new Map<string, Uint8Array>();
  readonly #socks = new LoopbackSocks((host, port) => this.#dial(host, port));
  #isOnline = true;

  constructor(private readonly network: LoopbackNetwork) {}

  /** As if tor had died (`false`) or come back (`true`). */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const [onion, { announce }] of this.#published) {
      if (isOnline) this.#show(onion);
      else this.network.withdraw(onion);
      announce();
    }
    for (const listener of [...this.#listeners]) listener(this.status());
  }

  torChanged(): void {}

  publish(o: Parameters<Onion['publish']>[0]): PublishedOnion {
    const onion = this.#keys.onionOf(o.seed);
    const ports = new Map(o.ports.map(({ virtualPort, target }) => [virtualPort, target]));
    const listeners = new Set<(state: State) => void>();
    const state = (): State => (this.#isOnline && this.#published.get(onion) === published ? 'online' : 'offline');
    const announce = (): void => {
      for (const listener of [...listeners]) listener(state());
    };
    const published: Published = { ports, clients: o.clients, announce };
    this.#published.set(onion, published);
    this.#show(onion);
    return {
      state,
      onState: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      setClients: async (clients) => {
        published.clients = clients;
        if (this.#published.get(onion) === published) this.#show(onion);
        return Promise.resolve();
      },
      withdraw: () => {
        this.#published.delete(onion);
        this.network.withdraw(onion);
        return Promise.resolve();
      },
    };
  }

  authorise({ host, authKey }: Parameters<Onion['authorise']>[0]): void {
    if (authKey === undefined) this.#authKeys.delete(host);
    else this.#authKeys.set(host, authKey);
  }

  about(): undefined {
    return undefined;
  }

  status(): TorStatus {
    return this.#isOnline
      ? { phase: 'online', progress: 100, summary: 'connected to the Tor network' }
      : { phase: 'restarting', progress: 0, summary: 'starting Tor again' };
  }

  onStatus(listener: (status: TorStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dial({ host, port }: { host: OnionHost; port: number }): Promise<DialOutcome> {
    return this.#dial(host, port);
  }

  takePlace(): Promise<CircuitPlace | undefined> {
    const proxy = this.socksProxy();
    return Promise.resolve(proxy && { proxy, leave: () => undefined });
  }

  socksProxy(): SocksProxy | undefined {
    return this.#isOnline ? this.#socks.proxy() : undefined;
  }

  async setBridges(): Promise<void> {}

  async networkChanged(): Promise<void> {}

  async close(): Promise<void> {
    for (const onion of this.#published.keys()) this.network.withdraw(onion);
    this.#socks.close();
    return Promise.resolve();
  }

  #show(onion: OnionHost): void {
    const published = this.#published.get(onion);
    if (published && this.#isOnline) this.network.publish(onion, published.ports, published.clients);
  }

  #dial(host: string, port: number): Promise<DialOutcome> {
    return this.#isOnline
      ? this.network.dial(host, port, this.#authKeys.get(host))
      : Promise.resolve({ outcome: 'failed', failure: 'tor-offline' });
  }
}
