import type { OnionHost } from '../../../../shared/ids';
import type { DialFailure } from '../../ports/onion';
import type { Clock } from '../../ports/runtime';
import type { NetworkWeather } from './network-weather';
import { VirtualLink, type Service, type Uplink } from './virtual-link';

/** How long a descriptor can be read after its machine has gone (rend-spec-v3: three hours). */
const DESCRIPTOR_LIFETIME_MS = 3 * 60 * 60_000;

type Descriptor = { readonly uplink: Uplink; readonly services: ReadonlyMap<number, Service>; goneAt?: number };
type Finding = { readonly state: 'there'; readonly descriptor: Descriptor } | { readonly state: 'gone' | 'absent' };
export type Connecting =
  | { readonly outcome: 'connected'; readonly link: VirtualLink }
  | { readonly outcome: 'failed'; readonly failure: DialFailure };

/** What happened on the network, for the report. */
export type NetworkCounts = { dials: number; connections: number; queueRuns: number; broken: number };

/** All onions of the world, and the ways between them. */
export class VirtualNetwork {
  readonly #descriptors = new Map<OnionHost, Descriptor>();
  readonly counts: NetworkCounts = { dials: 0, connections: 0, queueRuns: 0, broken: 0 };

  constructor(
    private readonly clock: Clock,
    readonly weather: NetworkWeather,
  ) {}

  publish(onion: OnionHost, descriptor: Descriptor): void {
    this.#descriptors.set(onion, descriptor);
  }

  /**
   * The onion no longer answers, but its descriptor stays for a while. Does nothing when another machine has published
   * the onion since.
   */
  leave(onion: OnionHost, uplink: Uplink): void {
    const descriptor = this.#descriptors.get(onion);
    if (descriptor?.uplink === uplink) descriptor.goneAt ??= this.clock.now();
  }

  /** Takes the time that Tor would take; `wait` passes on the dialling machine. */
  async connect(o: {
    from: Uplink;
    to: OnionHost;
    port: number;
    wait: (milliseconds: number) => Promise<void>;
  }): Promise<Connecting> {
    this.counts.dials += 1;
    const before = this.#find(o.to);
    await o.wait(this.#dialMs(before));
    if (!o.from.isUp()) return failed('tor-offline');
    const found = this.#find(o.to);
    if (found.state !== 'there') return failed(found.state === 'absent' ? 'offline' : 'gone');
    if (this.weather.dialFails()) return failed('temporary');
    const service = found.descriptor.services.get(o.port);
    if (!service) return failed('no-service');
    this.counts.connections += 1;
    return { outcome: 'connected', link: new VirtualLink({ ends: [o.from, found.descriptor.uplink], service }) };
  }

  #dialMs({ state }: Finding): number {
    if (state === 'there') return this.weather.dialMs();
    return state === 'gone' ? this.weather.goneMs() : this.weather.absentMs();
  }

  #find(onion: OnionHost): Finding {
    const descriptor = this.#descriptors.get(onion);
    if (!descriptor) return { state: 'absent' };
    if (descriptor.goneAt === undefined) return { state: 'there', descriptor };
    return { state: this.clock.now() - descriptor.goneAt < DESCRIPTOR_LIFETIME_MS ? 'gone' : 'absent' };
  }
}

const failed = (failure: DialFailure): Connecting => ({ outcome: 'failed', failure });
