import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { OnionHost } from '../../../shared/ids';
import type { TorStatus } from '../../../shared/tor-status';
import { makeOnionKeys } from '../onion/onion-keys';
import type { DialOutcome, Onion, PublishedOnion } from '../ports';

type Services = Map<OnionHost, ReadonlyMap<number, number>>;

/** A tiny network of onions on loopback: who is published, and under which ports. Shared by the cores of one test. */
export class LoopbackNetwork {
  readonly #services: Services = new Map();
  readonly #socks: Server = createServer((client) => { void this.#serveSocks(client); });
  #socksPort = 0;

  /** Opens the SOCKS5 door that the key fetcher goes through. */
  static start(): Promise<LoopbackNetwork> {
    return LoopbackNetwork.listen(new LoopbackNetwork());
  }

  static async listen<N extends LoopbackNetwork>(network: N): Promise<N> {
    await new Promise<void>((resolve) => network.#socks.listen(0, '127.0.0.1', resolve));
    network.#socksPort = (network.#socks.address() as AddressInfo).port;
    return network;
  }

  get socksPort(): number {
    return this.#socksPort;
  }

  publish(onion: OnionHost, ports: ReadonlyMap<number, number>): void {
    this.#services.set(onion, ports);
  }

  withdraw(onion: OnionHost): void {
    this.#services.delete(onion);
  }

  async dial(onion: string, virtualPort: number): Promise<DialOutcome> {
    const ports = this.#services.get(onion as OnionHost);
    if (!ports) return { outcome: 'failed', failure: 'offline' };
    const port = ports.get(virtualPort);
    if (port === undefined) return { outcome: 'failed', failure: 'no-service' };
    const socket = connect(port, '127.0.0.1');
    return new Promise((resolve) => {
      socket.once('connect', () => { resolve({ outcome: 'connected', socket }); });
      socket.once('error', () => { resolve({ outcome: 'failed', failure: 'temporary' }); });
    });
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => { this.#socks.close(() => { resolve(); }); });
  }

  /** RFC 1928 and 1929, as far as a client needs that always sends user name, password and a host name. */
  async #serveSocks(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const next = (): Promise<Buffer> => new Promise((resolve) => client.once('data', resolve));
    await next();
    client.write(Buffer.from([5, 2]));
    await next();
    client.write(Buffer.from([1, 0]));
    const request = await next();
    const length = request[4] ?? 0;
    const host = request.subarray(5, 5 + length).toString('latin1');
    const dialled = await this.dial(host, request.readUInt16BE(5 + length));
    const code = dialled.outcome === 'connected' ? 0 : 0xf0;
    client.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (dialled.outcome !== 'connected') return void client.end();
    client.pipe(dialled.socket).pipe(client);
    dialled.socket.on('error', () => client.destroy());
  }
}

/** The `Onion` port of one core on a loopback network, with a switch that takes its Tor away. */
export class LoopbackOnion implements Onion {
  readonly #keys = makeOnionKeys();
  readonly #listeners = new Set<(status: TorStatus) => void>();
  readonly #published = new Map<OnionHost, { ports: Map<number, number>; announce: () => void }>();
  #isOnline = true;

  constructor(private readonly network: LoopbackNetwork) {}

  /** As if tor had died (`false`) or come back (`true`). */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const [onion, { ports, announce }] of this.#published) {
      if (isOnline) this.network.publish(onion, ports);
      else this.network.withdraw(onion);
      announce();
    }
    for (const listener of [...this.#listeners]) listener(this.status());
  }

  torChanged(): void {}

  publish(o: { seed: Uint8Array; ports: readonly { virtualPort: number; targetPort: number }[] }): PublishedOnion {
    const onion = this.#keys.onionOf(o.seed);
    const ports = new Map(o.ports.map(({ virtualPort, targetPort }) => [virtualPort, targetPort]));
    const listeners = new Set<(state: 'offline' | 'publishing' | 'online') => void>();
    const state = (): 'offline' | 'online' => (this.#isOnline ? 'online' : 'offline');
    this.#published.set(onion, { ports, announce: () => { for (const listener of listeners) listener(state()); } });
    if (this.#isOnline) this.network.publish(onion, ports);
    return {
      state,
      onState: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      withdraw: () => {
        this.#published.delete(onion);
        this.network.withdraw(onion);
        return Promise.resolve();
      },
    };
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
    return this.#isOnline ? this.network.dial(host, port) : Promise.resolve({ outcome: 'failed', failure: 'tor-offline' });
  }

  socksProxy(): { host: '127.0.0.1'; port: number } | undefined {
    return this.#isOnline ? { host: '127.0.0.1', port: this.network.socksPort } : undefined;
  }

  async setBridges(): Promise<void> {}

  async networkChanged(): Promise<void> {}

  async close(): Promise<void> {
    for (const onion of this.#published.keys()) this.network.withdraw(onion);
    return Promise.resolve();
  }
}
