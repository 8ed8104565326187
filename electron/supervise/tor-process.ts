import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { present } from '../../shared/present';
import { closedDescriptors } from './closed-descriptors';
import { leashed } from './leash';
import { ownTor } from './own-tor';
import { afterExit, noFailures } from './restart-policy';
import type { TorBinary } from './tor-binary';
import { buildTorrc, torWorkingDirectory, type TorConfig } from './tor-config';
import { prepareDataDirectory, readControl } from './tor-data-directory';
import { testTorrcLines } from './private-network';
import { makeTorDoors, type TorDoors } from './tor-doors';

/** What the supervisor knows of its tor; `retryAt` is in milliseconds since 1970 UTC. */
export type TorProcessState =
  | { readonly state: 'stopped' }
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly controlPort: number | string; readonly cookiePath: string }
  | { readonly state: 'restarting'; readonly retryAt: number }
  | { readonly state: 'failed'; readonly reason: 'binary-missing' | 'crashed' };

/** Time and timers, so that a test need not wait; `setTimer` answers with its cancellation. */
export type SupervisorClock = { now(): number; setTimer(milliseconds: number, run: () => void): () => void };

export type TorProcessOptions = {
  readonly binary: TorBinary;
  readonly dataDirectory: string;
  readonly bridges?: readonly string[];
  /** Whether POSTHORN_TEST_TORRC counts; false in packaged programs. */
  readonly allowTestLines: boolean;
  readonly clock?: SupervisorClock;
};

/** One start of tor. */
type Launch = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly startedAt: number;
  readonly exited: Promise<void>;
  readonly removeDoors: () => void;
  ran: boolean;
  missing: boolean;
  lastOutput: string;
  release: () => void;
  letGo: () => void;
};

const POLL_MS = 20;
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 3_000;
/** Another tor on the same directory is an orphan of a killed program; it notices within 15 s. */
const ORPHAN_DELAY_MS = 15_000;
const OUTPUT_KEPT = 4_096;
/** This many starts in a row that never came to a control port are not worth a sixth. */
const HOPELESS_STARTS = 5;

/**
 * Starts tor and keeps it running: no shell, configuration over standard input, restarted with growing pauses when it
 * ends by itself. tor ends with this process in any case: on Linux the kernel sees to it from the first moment on;
 * elsewhere its control connection does at once, and before there is one its own watch, within 15 s.
 */
export class TorProcess {
  readonly #options: TorProcessOptions;
  readonly #clock: SupervisorClock;
  readonly #listeners = new Set<(state: TorProcessState) => void>();
  #state: TorProcessState = { state: 'stopped' };
  #launch: Launch | undefined;
  #cancelTimer: () => void = () => undefined;
  #history = noFailures;
  #fruitless = 0;
  #wanted = false;

  constructor(options: TorProcessOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
  }

  state(): TorProcessState {
    return this.#state;
  }

  /** Process id of the running tor. */
  get pid(): number | undefined {
    return this.#launch?.child.pid;
  }

  /** Calls `listener` at every change; the answer ends that. */
  onState(listener: (state: TorProcessState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts tor unless it is started. @throws RangeError for a configuration that tor must not be given */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#begin();
  }

  /** Ends tor, within 3 s by force, and does not start it again. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.#cancelTimer();
    await this.#endLaunch();
    this.#become({ state: 'stopped' });
  }

  /** Starts tor again without waiting, also after `failed`; a running tor is ended first. */
  async restartNow(): Promise<void> {
    if (!this.#isWanted()) return;
    this.#cancelTimer();
    this.#history = noFailures;
    this.#fruitless = 0;
    await this.#endLaunch();
    // Meanwhile it may have been stopped, or started by another call.
    if (this.#isWanted() && this.#launch === undefined) this.#begin();
  }

  #isWanted(): boolean {
    return this.#wanted;
  }

  #begin(): void {
    this.#become({ state: 'starting' });
    prepareDataDirectory(this.#options.dataDirectory);
    const { doors, remove } = makeTorDoors(this.#options.dataDirectory);
    const launch = this.#launchAt(doors, remove);
    this.#launch = launch;
    void launch.exited.then(() => this.#ended(launch));
    this.#awaitControl(launch);
  }

  #launchAt(doors: TorDoors | undefined, removeDoors: () => void): Launch {
    try {
      const config = this.#config(doors);
      const torrc = buildTorrc(config);
      const now = this.#clock.now();
      return launchTor({ binary: this.#options.binary, config, torrc, now, removeDoors });
    } catch (error) {
      removeDoors();
      throw error;
    }
  }

  #config(doors: TorDoors | undefined): TorConfig {
    const { binary, dataDirectory, bridges, allowTestLines } = this.#options;
    return {
      dataDirectory,
      doors,
      extraLines: testTorrcLines({ allow: allowTestLines, env: process.env }),
      ...present({ bridges }),
      plugins: binary.plugins,
    };
  }

  #awaitControl(launch: Launch): void {
    if (this.#launch !== launch) return;
    const control = readControl(this.#options.dataDirectory);
    if (control) {
      launch.ran = true;
      launch.letGo = ownTor(control);
      this.#fruitless = 0;
      this.#become({ state: 'running', ...control });
    } else if (this.#clock.now() - launch.startedAt > START_LIMIT_MS) {
      launch.child.kill('SIGKILL');
    } else {
      this.#cancelTimer = this.#clock.setTimer(POLL_MS, () => this.#awaitControl(launch));
    }
  }

  #ended(launch: Launch): void {
    launch.release();
    launch.letGo();
    launch.removeDoors();
    if (this.#launch !== launch) return;
    this.#launch = undefined;
    this.#cancelTimer();
    if (!launch.ran) this.#fruitless += 1;
    if (launch.missing) return this.#become({ state: 'failed', reason: 'binary-missing' });
    const isOrphan = !launch.ran && launch.lastOutput.includes('another Tor process');
    this.#scheduleRestart({ livedMs: this.#clock.now() - launch.startedAt, isOrphan });
  }

  #scheduleRestart({ livedMs, isOrphan }: { livedMs: number; isOrphan: boolean }): void {
    if (this.#fruitless >= HOPELESS_STARTS) return this.#become({ state: 'failed', reason: 'crashed' });
    const next = afterExit({ history: this.#history, livedMs });
    this.#history = next.history;
    const delay = isOrphan ? ORPHAN_DELAY_MS : next.delayMs;
    this.#become({ state: 'restarting', retryAt: this.#clock.now() + delay });
    this.#cancelTimer = this.#clock.setTimer(delay, () => this.#beginAgain());
  }

  /** A start that cannot even be tried, as on a full disk, counts as a failed one; no caller waits for its error. */
  #beginAgain(): void {
    try {
      this.#begin();
    } catch {
      this.#fruitless += 1;
      this.#scheduleRestart({ livedMs: 0, isOrphan: false });
    }
  }

  async #endLaunch(): Promise<void> {
    const launch = this.#launch;
    if (!launch) return;
    this.#launch = undefined;
    launch.child.kill('SIGTERM');
    const cancel = this.#clock.setTimer(STOP_LIMIT_MS, () => launch.child.kill('SIGKILL'));
    await launch.exited;
    cancel();
  }

  #become(state: TorProcessState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

function launchTor(options: {
  binary: TorBinary;
  config: TorConfig;
  torrc: string;
  now: number;
  removeDoors: () => void;
}): Launch {
  const { binary, config, torrc } = options;
  // The compiled-in default for --defaults-torrc is a file in /etc that may say anything.
  const args = ['-f', '-', '--defaults-torrc', nowhere(config), '--__OwningControllerProcess', String(process.pid)];
  const child = spawnAlone(leashed(binary.leash, { path: binary.path, args }), {
    cwd: torWorkingDirectory(config),
    env: binary.env,
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const launch: Launch = {
    child,
    startedAt: options.now,
    removeDoors: options.removeDoors,
    exited: new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', (error: NodeJS.ErrnoException) => {
        launch.missing = child.pid === undefined && (error.code === 'ENOENT' || error.code === 'EACCES');
        if (child.pid === undefined) resolve();
      });
    }),
    ran: false,
    missing: false,
    lastOutput: '',
    release: () => process.removeListener('exit', killWithUs),
    letGo: () => undefined,
  };
  child.stdout.on('data', (part: Buffer) => {
    launch.lastOutput = (launch.lastOutput + part.toString('latin1')).slice(-OUTPUT_KEPT);
  });
  child.stderr.resume();
  // A tor that cannot start closes its input; its exit tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(torrc);
  return launch;
}

function spawnAlone(
  [program, args]: readonly [string, readonly string[]],
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): ChildProcessWithoutNullStreams {
  const { stdio, release } = closedDescriptors();
  try {
    // The first three are pipes, which an array of them all keeps from the types.
    return spawn(program, args, { ...place, stdio, windowsHide: true }) as ChildProcessWithoutNullStreams;
  } finally {
    release();
  }
}

function nowhere(config: TorConfig): string {
  return `${config.dataDirectory}/no-defaults`;
}

function systemClock(): SupervisorClock {
  return {
    now: () => Date.now(),
    setTimer: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
