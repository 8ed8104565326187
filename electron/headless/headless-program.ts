import { join } from 'node:path';
import { inspect } from 'node:util';
import { PosthornError } from '../../shared/errors';
import type { Identity } from '../../shared/identity';
import type { Settings } from '../../shared/settings';
import { channelPair } from '../core/rpc/channel-pair';
import { RpcClient } from '../../shared/contract/rpc-client';
import { jsonLog, wantsDebug } from '../core/runtime/json-log';
import { systemClock } from '../core/runtime/system-clock';
import type { Core } from '../core/start-core';
import { present } from '../../shared/present';
import { startCore } from '../core/start-core';
import { SupervisedTor } from '../supervise/supervised-tor';
import { controlPath } from './control/control-path';
import type { ControlServer } from './control/control-server';
import { serveControl } from './control/control-server';
import { bridgeSettings } from './calls/bridge-settings';
import { keepMail } from './keep-mail';
import { identityLine, upgradeLine } from './lines/show-lines';
import type { Output } from './commands/command';
import { terminalOutput } from './terminal-output';

export type HeadlessOptions = {
  readonly profileDirectory: string;
  readonly pgpWorkerPath: string;
  /** Folder whose tor-bin may hold a tor. */
  readonly projectRoot: string;
  readonly json: boolean;
  /** Local part of the identity that keeps mail for its owner's other machine, when that is what the program is for. */
  readonly keeper: string | undefined;
  /** Bridges that came along with tor, to be chosen before it goes anywhere; absent: those of the settings. */
  readonly bridges?: Settings['builtInBridges'];
  /** Called before work of maybe minutes in which the core answers nothing. */
  readonly busy?: () => void;
};

/** How the profile is opened or made; `empty`: not at all, it will be restored from a backup. */
export type ProfileOpening = { readonly passphrase: string; readonly create: boolean } | 'empty';

/** Core, tor and control socket of one profile in plain Node, started and ended together. */
export class HeadlessProgram {
  readonly #options: HeadlessOptions;
  readonly #output: Output;
  #core: Core | undefined;
  #control: ControlServer | undefined;
  #tor: SupervisedTor | undefined;

  constructor(options: HeadlessOptions) {
    this.#options = options;
    this.#output = terminalOutput(options.json);
  }

  /**
   * Starts everything and prints `ready` when the profile is open and the control socket answers.
   * @throws PosthornError when the profile is in use, damaged, new without `create`, or the passphrase is wrong
   */
  async start(opening: ProfileOpening): Promise<void> {
    const { profileDirectory, pgpWorkerPath, busy } = this.#options;
    const clock = systemClock();
    const log = jsonLog({
      write: (line) => void process.stderr.write(line),
      now: () => clock.now(),
      debug: wantsDebug(process.env),
    });
    const core = startCore({ profileDirectory, pgpWorkerPath, log, clock, ...present({ busy }) });
    this.#core = core;
    this.#control = await serveControl(controlPath(profileDirectory), (channel) => core.attachClient(channel));
    const caller = attachCaller(core);
    if (opening !== 'empty') {
      this.#printUpgrade(caller);
      await openProfile(caller, opening);
      await this.#chooseBridges(caller);
    }
    if (opening === 'empty' && this.#options.bridges !== undefined) this.#startTorOnceOpen(core, caller);
    else this.#startTor(core);
    this.#printChanges(caller);
    if (opening !== 'empty') await this.#printIdentities(caller);
    this.#output.result({ event: 'ready' }, ['ready']);
    if (opening !== 'empty') void this.#keepMail(caller);
  }

  /** Ends everything, after the work in progress is done. */
  async stop(): Promise<void> {
    await this.#control?.stop();
    await this.#core?.stop();
    await this.#tor?.stop();
  }

  async #keepMail(caller: RpcClient): Promise<void> {
    const { keeper } = this.#options;
    if (keeper === undefined) return;
    try {
      await keepMail(caller, { localPart: keeper, output: this.#output });
    } catch (error) {
      // The program goes on: the user can do the same with the command posthorn.
      this.#output.progress(error instanceof PosthornError ? `posthorn: ${error.message}` : inspect(error));
    }
  }

  /** Before tor is started: a user who needs bridges must not be seen on the network without. */
  async #chooseBridges(caller: RpcClient): Promise<void> {
    const { bridges } = this.#options;
    if (bridges === undefined) return;
    const settings = await caller.call('settings.get', {});
    await caller.call('settings.set', { ...settings, ...bridgeSettings(bridges, settings.bridges) });
  }

  /** A profile that is yet to come may say «no bridges», and goes out by that at once when a tor is there. */
  #startTorOnceOpen(core: Core, caller: RpcClient): void {
    const stop = caller.onEvent((event) => {
      if (event.type !== 'profile.changed' || event.profile.state !== 'unlocked') return;
      stop();
      this.#chooseBridges(caller).then(
        () => this.#startTor(core),
        (error: unknown) => this.#output.progress(error instanceof PosthornError ? error.message : inspect(error)),
      );
    });
  }

  #startTor(core: Core): void {
    this.#tor = new SupervisedTor({
      places: {
        projectRoot: this.#options.projectRoot,
        allowOverride: !__PRODUCTION__,
        env: process.env,
        platform: process.platform,
        arch: process.arch,
      },
      dataDirectory: join(this.#options.profileDirectory, 'tor'),
      allowTestLines: !__PRODUCTION__,
      onLaunch: (launch) => core.torChanged(launch),
      say: (sentence) => this.#output.progress(sentence),
    });
    void this.#tor.start();
  }

  #printUpgrade(caller: RpcClient): void {
    caller.onEvent((event) => {
      if (event.type === 'upgrade.progressed') this.#output.progress(upgradeLine(event.upgrade));
    });
  }

  #printChanges(caller: RpcClient): void {
    caller.onEvent((event) => {
      if (event.type === 'identity.changed') this.#print(event.identity);
    });
  }

  async #printIdentities(caller: RpcClient): Promise<void> {
    for (const identity of await caller.call('identities.list', {})) this.#print(identity);
  }

  #print(identity: Identity): void {
    this.#output.result({ event: 'address', ...identity }, [`address ${identityLine(identity)}`]);
  }
}

function attachCaller(core: Core): RpcClient {
  const [near, far] = channelPair();
  core.attachClient(far);
  return new RpcClient(near);
}

async function openProfile(
  caller: RpcClient,
  { passphrase, create }: { passphrase: string; create: boolean },
): Promise<void> {
  const { state } = await caller.call('profile.state', {});
  if (create) {
    await caller.call('profile.create', { passphrase });
    return;
  }
  if (state === 'new')
    throw new PosthornError('profile-locked', 'There is no profile in this folder yet. Make one with --create.');
  const answer = await caller.call('profile.unlock', { passphrase });
  if (answer.outcome === 'unlocked') return;
  const code = answer.outcome === 'wrong' ? 'passphrase-wrong' : 'passphrase-delayed';
  const waiting = new Date(answer.retryAt).toISOString();
  const sentence = answer.outcome === 'wrong' ? 'This is not the passphrase.' : 'Too many wrong passphrases.';
  throw new PosthornError(code, `${sentence} The next try counts from ${waiting}.`);
}
