import type { MessagePortMain, UtilityProcess, WebContents } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import type { Glance } from '../../../shared/glance';
import type { TorLaunch, ToCore } from '../../../shared/launch';
import { FromCore } from '../../../shared/launch';
import { endHard } from '../../supervise/end-hard';
import { PulseWatch } from '../../supervise/pulse-watch';
import { afterExit, noFailures } from '../../supervise/restart-policy';

/** IPC channels of the preload script: the page gets a port, or learns that its port is dead. */
export const corePortChannel = 'posthorn:core-port';
export const coreLostChannel = 'posthorn:core-lost';

/** How long the core may take to finish its work in progress before it is killed. */
const stopLimitMs = 10_000;

export type CoreProcessOptions = {
  readonly bundle: string;
  readonly pgpWorker: string;
  readonly profileDirectory: string;
  /** The page that is the core's client, while there is one. */
  readonly page: () => WebContents | undefined;
  /** The core runs but could not open the profile; `message` says why and what to do. */
  readonly onFailed: (message: string) => void;
  /** The core does nothing any more and is ended; `onDied` follows. */
  readonly onStill: () => void;
  /** The core ended by itself and is started again in so many milliseconds. */
  readonly onDied: (delayMs: number) => void;
  /** Numbers and states of the profile, at first and when they have changed. */
  readonly onGlance: (glance: Glance) => void;
  /** The profile was not opened by `unlockBehind`. */
  readonly onStillLocked: () => void;
  /** The core has opened the profile's folder and takes calls. */
  readonly onReady?: () => void;
};

/** Keeps the core running in a process of its own, and joins it to the page by a MessagePort that main never reads. */
export class CoreProcess {
  readonly #options: CoreProcessOptions;
  #child: UtilityProcess | undefined;
  #tor: TorLaunch | undefined;
  #history = noFailures;
  #startedAt = 0;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;
  #restarted: Promise<void> = Promise.resolve();
  readonly #pulse = new PulseWatch({
    ping: () => this.#send({ type: 'ping' }),
    onStill: () => this.#endStill(),
  });

  constructor(options: CoreProcessOptions) {
    this.#options = options;
  }

  start(): void {
    const { bundle, pgpWorker, profileDirectory } = this.#options;
    const child = utilityProcess.fork(bundle, [], { serviceName: 'Posthorn core', stdio: 'inherit' });
    this.#child = child;
    this.#startedAt = Date.now();
    child.on('message', (message: unknown) => this.#hear(child, message));
    child.once('exit', () => this.#ended(child));
    this.#send({ type: 'start', profileDirectory, pgpWorkerPath: pgpWorker });
    if (this.#tor !== undefined) this.#send({ type: 'tor', tor: this.#tor });
    this.#pulse.start();
  }

  /** Gives the page a fresh port to the core. One that is still starting answers when it is up. */
  connectPage(): void {
    const page = this.#options.page();
    if (page === undefined || this.#child === undefined) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#send({ type: 'client' }, [port1]);
    page.postMessage(corePortChannel, null, [port2]);
  }

  /** A port to the core for main itself, which asks for one only in a clone (`developer-core.ts`). */
  connectMain(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#send({ type: 'client' }, [port1]);
    return port2;
  }

  /** Ends the core and starts it from its bundle, which has been built anew. One restart follows the other. */
  restart(): Promise<void> {
    this.#restarted = this.#restarted.then(() => this.#startAnew());
    return this.#restarted;
  }

  torChanged(tor: TorLaunch): void {
    this.#tor = tor;
    this.#send({ type: 'tor', tor });
  }

  resumed(): void {
    this.#send({ type: 'resumed' });
  }

  screenLocked(): void {
    this.#send({ type: 'screen-locked' });
  }

  /** Locks the windows alone, or the profile too. */
  lock(what: 'window' | 'everything'): void {
    this.#send({ type: 'lock', what });
  }

  /** Unlocks the profile with what the desktop's keyring kept, behind locked windows. */
  unlockBehind(passphrase: string): void {
    this.#send({ type: 'unlock-behind', passphrase });
  }

  /** Lets the core finish its work in progress and ends it; resolves when its process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pulse.stop();
    clearTimeout(this.#restart);
    if (this.#child !== undefined) await endChild(this.#child);
  }

  async #startAnew(): Promise<void> {
    if (this.#stopping) return;
    this.#pulse.stop();
    clearTimeout(this.#restart);
    const child = this.#child;
    this.#child = undefined;
    this.#options.page()?.send(coreLostChannel);
    if (child !== undefined) await endChild(child);
    this.start();
    this.connectPage();
  }

  #send(message: ToCore, ports: MessagePortMain[] = []): void {
    this.#child?.postMessage(message, ports);
  }

  #hear(child: UtilityProcess, data: unknown): void {
    const message = FromCore.safeParse(data);
    if (!message.success) return;
    if (child === this.#child) this.#hearPulse(message.data);
    if (message.data.type === 'glance') this.#options.onGlance(message.data.glance);
    if (message.data.type === 'still-locked') this.#options.onStillLocked();
    if (message.data.type === 'ready') this.#options.onReady?.();
    if (message.data.type === 'failed') this.#failed(message.data.message);
    if (message.data.type === 'stopped') child.kill();
  }

  #hearPulse({ type }: FromCore): void {
    if (type === 'pong') this.#pulse.heard();
    if (type === 'busy') this.#pulse.busy();
  }

  /** Starting again would fail again: the person decides. */
  #failed(message: string): void {
    this.#stopping = true;
    this.#child?.kill();
    this.#options.onFailed(message);
  }

  /** It would not hear a request to stop. */
  #endStill(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    this.#options.onStill();
    endHard(pid);
  }

  #ended(child: UtilityProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#pulse.stop();
    this.#options.page()?.send(coreLostChannel);
    if (this.#stopping) return;
    const { history, delayMs } = afterExit({ history: this.#history, livedMs: Date.now() - this.#startedAt });
    this.#history = history;
    this.#options.onDied(delayMs);
    this.#restart = setTimeout(() => {
      this.start();
      this.connectPage();
    }, delayMs);
  }
}

/**
 * Asks a core to finish its work in progress, and kills it when that takes too long; resolves when its process is gone.
 */
async function endChild(child: UtilityProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.postMessage({ type: 'stop' } satisfies ToCore);
  const limit = setTimeout(() => child.kill(), stopLimitMs);
  await gone;
  clearTimeout(limit);
}
