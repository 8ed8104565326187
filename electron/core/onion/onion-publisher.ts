import { randomBytes } from 'node:crypto';
import type { Onion, PublishedOnion } from '../ports/onion';
import type { Clock, Unsubscribe } from '../ports/runtime';
import { addOnionCommand, isDoor } from './add-onion-command';
import { CLIENT_KEY_BYTES, clientAuthKeys, clientAuthPublicKey } from './client-auth';
import type { ControlReply } from './control-protocol';
import { onionFromSeed, type OnionKey } from './onion-key';
import type { SelfCheckTarget } from './self-check';
import { MAX_CLIENTS_PER_ONION } from '../domain/custody-limits';

type PublishOptions = Parameters<Onion['publish']>[0];
type PublicState = ReturnType<PublishedOnion['state']>;
/** Sends one command to the attached tor. */
type Command = (line: string) => Promise<ControlReply>;

/** One onion service that is wanted, and its progress in the attached tor. */
type Service = {
  readonly options: PublishOptions;
  readonly key: OnionKey;
  readonly name: string;
  readonly listeners: Set<(state: PublicState) => void>;
  /** With client authorisation: our own key, to check that we can be reached. */
  readonly ownSecret: Uint8Array | undefined;
  /** Public keys of all who are admitted, ours among them; undefined: everybody. */
  clients: readonly string[] | undefined;
  stage: 'resting' | 'queued' | 'uploading' | 'online';
  uploads: number;
  failures: number;
  /** In tor by our ADD_ONION. */
  added: boolean;
  cancelTimer: Unsubscribe;
};

/** Of a hundred services added at once none was published, in three tries; five at a time always were. */
const MAX_UPLOADING = 5;
/** With a single copy up, peers that ask another directory are told that we are offline. */
const ENOUGH_UPLOADS = 3;
const AFTER_FIRST_UPLOAD_MS = 2_000;
const UPLOAD_LIMIT_MS = 120_000;
const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;
/** Replies to an argument that this tor does not know (control-spec, 4). */
const UNKNOWN_ARGUMENT = [512, 513] as const;

/** Keeps the wanted onion services published in whatever tor is attached. */
export class OnionPublisher {
  readonly #clock: Clock;
  readonly #services = new Set<Service>();
  #command: Command | undefined;
  /** True until this tor shows that it does not know proof of work. */
  #proofOfWork = true;

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  /** @throws RangeError for an invalid seed, port or client, and for too many clients */
  publish(options: PublishOptions): PublishedOnion {
    if (options.ports.length === 0 || options.ports.some((port) => !isPort(port.virtualPort) || !isDoor(port.target))) {
      throw new RangeError('An onion service needs ports between 1 and 65535, or absolute paths');
    }
    const key = onionFromSeed(options.seed);
    const ownSecret = options.clients && randomBytes(CLIENT_KEY_BYTES);
    const service: Service = {
      options,
      key,
      name: key.onion.slice(0, -'.onion'.length),
      listeners: new Set(),
      ownSecret,
      clients: ownSecret && withOwn(ownSecret, options.clients ?? []),
      stage: 'resting',
      uploads: 0,
      failures: 0,
      added: false,
      cancelTimer: () => undefined,
    };
    this.#services.add(service);
    if (this.#command) this.#schedule(service, delayOf(service));
    return this.#handle(service);
  }

  /** A tor is there that can publish: everything wanted is published in it, in its turn. */
  attach(command: Command): void {
    this.detach();
    this.#command = command;
    this.#proofOfWork = true;
    for (const service of this.#services) this.#schedule(service, delayOf(service));
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
  online(): SelfCheckTarget[] {
    const online = [...this.#services].filter((service) => service.stage === 'online');
    return online.map(({ key, options, ownSecret }) => ({
      host: key.onion,
      port: options.ports[0]?.virtualPort ?? 0,
      authKey: ownSecret,
    }));
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
      for (const service of services) if (this.#services.has(service)) this.#schedule(service, delayOf(service));
    }
  }

  #handle(service: Service): PublishedOnion {
    return {
      state: () => this.#publicState(service),
      onState: (listener) => {
        service.listeners.add(listener);
        return () => service.listeners.delete(listener);
      },
      setClients: async (clients) => {
        if (!service.ownSecret)
          throw new RangeError('An onion service that was published for everybody has no clients');
        const admitted = withOwn(service.ownSecret, clients);
        if (
          admitted.length === service.clients?.length &&
          admitted.every((client) => service.clients?.includes(client))
        )
          return;
        service.clients = admitted;
        await this.#renew(service);
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

  /** Starts queued services while fewer than MAX_UPLOADING are uploading. */
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
    const { clients } = service;
    const status = await this.#tellOf(service, command);
    if (command !== this.#command) return;
    service.added = status === 250;
    if (!this.#services.has(service)) return this.#remove(service);
    if (!service.added && service.stage === 'uploading') return this.#failed(service);
    if (clients !== service.clients) await this.#renew(service);
  }

  /** A tor without proof of work (before 0.4.8, or built so) refuses a command with its arguments. */
  async #tellOf(service: Service, command: Command): Promise<number> {
    const add = (proofOfWork: boolean) => {
      const { key, options, clients } = service;
      const line = addOnionCommand({
        key: key.expandedKeyBase64,
        ports: options.ports,
        streams: options.streamsPerCircuit,
        clients,
        proofOfWork,
      });
      return command(line).then(
        (reply) => reply.status,
        () => 0,
      );
    };
    const withProof = this.#proofOfWork;
    const status = await add(withProof);
    if (!withProof || !UNKNOWN_ARGUMENT.some((unknown) => unknown === status) || command !== this.#command)
      return status;
    const without = await add(false);
    if (without === 250 && command === this.#command) this.#proofOfWork = false;
    return without;
  }

  /**
   * tor cannot change the clients of a service, so it is removed and added again; one that is just being added is
   * renewed after that.
   */
  async #renew(service: Service): Promise<void> {
    if (!service.added) return;
    const command = this.#command;
    this.#enter(service, 'resting');
    this.#fill();
    await this.#remove(service);
    if (command !== undefined && command === this.#command && this.#services.has(service)) this.#schedule(service, 0);
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

  /** The last state that the listeners of each service were told. */
  readonly #reported = new WeakMap<Service, PublicState>();
}

function delayOf({ options }: Service): number {
  return options.delayMs?.() ?? 0;
}

function withOwn(ownSecret: Uint8Array, clients: readonly string[]): string[] {
  if (clients.length > MAX_CLIENTS_PER_ONION) throw new RangeError('An onion service cannot carry so many clients');
  return clientAuthKeys([...clients, clientAuthPublicKey(ownSecret)]);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
