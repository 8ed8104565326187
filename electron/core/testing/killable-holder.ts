import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { OnionHost } from '../../../shared/ids';
import type { HolderCount, HolderUp } from './holder-process';
import { LoopbackNetwork } from './loopback-onion';
import { LoopbackSocks } from './loopback-socks';
import { throughWire, type Watch } from './wire';

/** A loopback network on which a test looks into what goes to one onion. */
export class WatchedNetwork extends LoopbackNetwork {
  readonly #watches = new Map<string, () => Watch>();

  /** `watch` is asked for every new connection to the onion. */
  watch(onion: OnionHost, watch: () => Watch): void {
    this.#watches.set(onion, watch);
  }

  override async dial(
    ...[onion, port, authKey]: Parameters<LoopbackNetwork['dial']>
  ): ReturnType<LoopbackNetwork['dial']> {
    const dialled = await super.dial(onion, port, authKey);
    const watch = this.#watches.get(onion);
    return watch ? throughWire(dialled, watch()) : dialled;
  }
}

/** A holder in a process of its own, which can be killed and started again any number of times. */
export class KillableHolder {
  readonly #socks: LoopbackSocks;
  #process: ChildProcess | undefined;
  /** The next process: its program is loaded, and it waits for the word to open its profile. */
  #next: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #watchOutgoing: (() => Watch) | undefined;
  #watchIncoming: (() => Watch) | undefined;
  /** Counts mail to the holder itself, such as its client's token lists: begun, and answered. */
  readonly #letters = { begun: 0, stored: 0 };
  #count: HolderCount = { held: 0, handedOver: 0 };

  constructor(
    private readonly network: WatchedNetwork,
    private readonly o: {
      readonly program: string;
      readonly directory: string;
      readonly onion: OnionHost;
      readonly changed: () => void;
    },
  ) {
    network.watch(o.onion, () => this.#watchLetters());
    this.#socks = new LoopbackSocks(async (host, port) => {
      const dialled = await network.dial(host, port);
      return this.#watchOutgoing ? throughWire(dialled, this.#watchOutgoing()) : dialled;
    });
  }

  /** Resolves when it can be reached, with its counts as they were before it sent anything. */
  async start(): Promise<HolderUp> {
    const child = this.#next ?? this.#load();
    this.#process = child;
    this.#exited = once(child, 'exit');
    child.send('open');
    const [up] = (await once(child, 'message')) as [HolderUp];
    this.#count = up;
    child.on('message', (count: HolderCount) => {
      this.#count = count;
      this.o.changed();
    });
    this.#next = this.#load();
    this.network.publish(up.onion, new Map(up.ports));
    return up;
  }

  /** Kills it at once; octets that it has already sent may still arrive. */
  kill(): void {
    if (this.isDead) return;
    this.network.withdraw(this.o.onion);
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  /** The number of held messages that it told last. */
  get held(): number {
    return this.#count.held;
  }

  get isDead(): boolean {
    return this.#process === undefined;
  }

  /** Resolves when the process that was killed is gone. */
  async gone(): Promise<void> {
    await this.#exited;
  }

  watchIncoming(watch: (() => Watch) | undefined): void {
    this.#watchIncoming = watch;
  }

  watchOutgoing(watch: (() => Watch) | undefined): void {
    this.#watchOutgoing = watch;
  }

  /** Whether a letter to the holder itself was broken off and has not arrived since. */
  get missesLetter(): boolean {
    return this.#letters.begun > this.#letters.stored;
  }

  #watchLetters(): Watch {
    const inner = this.#watchIncoming?.();
    let isLetter = false;
    return (direction, chunk) => {
      const text = chunk.toString('latin1');
      if (direction === 'there' && /^MAIL FROM:<[^>]/m.test(text)) {
        isLetter = true;
        this.#letters.begun += 1;
      }
      if (isLetter && direction === 'back' && /^250 2\.0\.0 Stored/m.test(text)) {
        this.#letters.stored = this.#letters.begun;
        this.o.changed();
      }
      return inner ? inner(direction, chunk) : chunk;
    };
  }

  async close(): Promise<void> {
    this.kill();
    this.#next?.kill('SIGKILL');
    await this.gone();
    this.#socks.close();
  }

  #load(): ChildProcess {
    return fork(this.o.program, [this.o.directory, String(this.#socks.proxy()?.port)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }
}
