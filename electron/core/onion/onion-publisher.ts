import type { Clock, Onion, PublishedOnion, Unsubscribe } from '../ports';
import type { ControlReply } from './control-protocol';
import { onionFromSeed, type OnionKey } from './onion-key';

type PublishOptions = Parameters<Onion['publish']>[0];
type PublicState = ReturnType<PublishedOnion['state']>;
/** Sends one command to the tor of the moment. */
type Command = (line: string) => Promise<ControlReply>;

/** One onion service that is wanted, and how far it is in the tor of the moment. */
type Service = {
  readonly options: PublishOptions;
  readonly key: OnionKey;
  readonly name: string;
  readonly listeners: Set<(state: PublicState) => void>;
  stage: 'resting' | 'queued' | 'uploading' | 'online';
  uploads: number;
  failures: number;
  /** In tor by our ADD_ONION. */
  added: boolean;
  cancelTimer: Unsubscribe;
};

/** A hundred added at once never came up in three tries of three; five at a time always did. */
const MAX_UPLOADING = 5;
/** With a single copy up, peers that ask another directory are told that we are offline. */
const ENOUGH_UPLOADS = 3;
const AFTER_FIRST_UPLOAD_MS = 2_000;
const UPLOAD_LIMIT_MS = 120_000;
const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;

/** Keeps the wanted onion services published in whatever tor is attached. */
export class OnionPublisher {
  readonly #clock: Clock;
  readonly #services = new Set<Service>();
  #command: Command | undefined;

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /** @throws RangeError for a seed or a port that cannot be */
  publish(options: PublishOptions): PublishedOnion {
    if (options.ports.length === 0 || options.ports.some((port) => !isPort(port.virtualPort) || !isPort(port.targetPort))) {
      throw new RangeError('An onion service needs ports between 1 and 65535');
    }
    const key = onionFromSeed(options.seed);
    const service: Service = {
      options,
      key,
      name: key.onion.slice(0, -'.onion'.length),
      listeners: new Set(),
      stage: 'resting',
      uploads: 0,
      failures: 0,
      added: false,
      cancelTimer: () => undefined,
    };
    this.#services.add(service);
    if (this.#command) this.#schedule(service, options.delayMs ?? 0);
    return this.#handle(service);
  }

  /** A tor is there that can publish: everything wanted is published in it, in its turn. */
  attach(command: Command): void {
    this.detach();
    this.#command = command;
    for (const service of this.#services) this.#schedule(service, service.options.delayMs ?? 0);
  }

  /** The tor is gone, and with it everything it had published. */
  detach(): void {
    this.#command = undefined;
    for (const service of this.#services) {
      service.added = false;
      service.failures = 0;
      this.#enter(service, 'resting');
    }
  }

  /** Takes an event `HS_DESC UPLOADED <name> …` into account; others are ignored. */
  onEvent(line: string): void {
    const [kind, action, name] = line.split(' ', 3);
    if (kind !== 'HS_DESC' || action !== 'UPLOADED') return;
    for (const service of this.#services) {
      if (service.name === name && service.stage === 'uploading') this.#uploaded(service);
    }
  }

  /** The services that are online, for a self-check. */
  online(): { readonly host: OnionKey['onion']; readonly port: number }[] {
    const online = [...this.#services].filter((service) => service.stage === 'online');
    return online.map((service) => ({ host: service.key.onion, port: service.options.ports[0]?.virtualPort ?? 0 }));
  }

  /** Publishes everything anew, when what is published turned out not to be reachable. */
  async republishAll(): Promise<void> {
    const command = this.#command;
    const services = [...this.#services].filter((service) => service.added);
    for (const service of services) {
      this.#enter(service, 'resting');
      await this.#remove(service);
    }
    if (command !== undefined && command === this.#command) {
      for (const service of services) if (this.#services.has(service)) this.#schedule(service, 0);
    }
  }

  #handle(service: Service): PublishedOnion {
    return {
      state: () => this.#publicState(service),
      onState: (listener) => {
        service.listeners.add(listener);
        return () => service.listeners.delete(listener);
      },
      withdraw: async () => {
        this.#services.delete(service);
        this.#enter(service, 'resting');
        this.#fill();
        await this.#remove(service);
      },
    };
  }

  #publicState(service: Service): PublicState {
    if (service.stage === 'online') return 'online';
    return this.#command && this.#services.has(service) ? 'publishing' : 'offline';
  }

  #schedule(service: Service, delayMs: number): void {
    this.#enter(service, 'resting');
    const queue = () => {
      this.#enter(service, 'queued');
      this.#fill();
    };
    if (delayMs > 0) service.cancelTimer = this.#clock.setTimer(delayMs, queue);
    else queue();
  }

  /** Lets as many of those in the queue go on as may. */
  #fill(): void {
    const command = this.#command;
    if (!command) return;
    const services = [...this.#services];
    const uploading = services.filter((service) => service.stage === 'uploading').length;
    const next = services.filter((service) => service.stage === 'queued').slice(0, MAX_UPLOADING - uploading);
    for (const service of next) {
      service.uploads = 0;
      this.#enter(service, 'uploading');
      service.cancelTimer = this.#clock.setTimer(UPLOAD_LIMIT_MS, () => void this.#failed(service));
    }
    for (const service of next) void this.#add(service, command);
  }

  async #add(service: Service, command: Command): Promise<void> {
    const ports = service.options.ports.map((port) => `Port=${port.virtualPort},127.0.0.1:${port.targetPort}`);
    const line = `ADD_ONION ED25519-V3:${service.key.expandedKeyBase64} Flags=DiscardPK ${ports.join(' ')}`;
    const status = await command(line).then((reply) => reply.status, () => 0);
    if (command !== this.#command) return;
    service.added = status === 250;
    if (!this.#services.has(service)) return this.#remove(service);
    if (!service.added && service.stage === 'uploading') await this.#failed(service);
  }

  #uploaded(service: Service): void {
    service.uploads += 1;
    const done = () => {
      service.failures = 0;
      this.#enter(service, 'online');
      this.#fill();
    };
    if (service.uploads >= ENOUGH_UPLOADS) return done();
    if (service.uploads > 1) return;
    service.cancelTimer();
    service.cancelTimer = this.#clock.setTimer(AFTER_FIRST_UPLOAD_MS, done);
  }

  async #failed(service: Service): Promise<void> {
    const delay = RETRY_MS[Math.min(service.failures, RETRY_MS.length - 1)] ?? 0;
    service.failures += 1;
    this.#schedule(service, delay);
    this.#fill();
    await this.#remove(service);
  }

  async #remove(service: Service): Promise<void> {
    const command = this.#command;
    if (!service.added || !command) return;
    service.added = false;
    // A tor that ends in this moment has forgotten the service too.
    await command(`DEL_ONION ${service.name}`).catch(() => undefined);
  }

  #enter(service: Service, stage: Service['stage']): void {
    const before = this.#reported.get(service) ?? 'offline';
    service.cancelTimer();
    service.cancelTimer = () => undefined;
    service.stage = stage;
    const now = this.#publicState(service);
    this.#reported.set(service, now);
    if (now === before) return;
    for (const listener of [...service.listeners]) listener(now);
  }

  /** What the listeners of each service were told last. */
  readonly #reported = new WeakMap<Service, PublicState>();
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
