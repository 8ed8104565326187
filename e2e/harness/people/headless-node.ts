import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { present } from '../../../shared/present';
import { ChildOutput } from '../process/child-output';
import { testPassphrase } from './first-run';
import { temporaryFolder } from '../process/temporary-folder';

export type HeadlessStart = {
  /** A word for the temporary folder. */
  readonly name: string;
  /** An existing profile to open; by default a new one is made. */
  readonly profile?: string;
  readonly passphrase?: string;
  /** Without a profile: one is restored into it. */
  readonly empty?: boolean;
  /** More of the command line. */
  readonly args?: readonly string[];
  readonly torrc?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A program and its arguments that run the program under observation, in the same process: `strace -D …`. */
  readonly under?: readonly string[];
};

export type CommandResult = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** A Posthorn without a window, commanded as a person would from a terminal. */
export class HeadlessNode {
  readonly profile: string;
  readonly stdout: ChildOutput;
  readonly stderr: ChildOutput;
  readonly #child: ChildProcess;
  readonly #remove: () => void;

  private constructor({ child, profile, remove }: { child: ChildProcess; profile: string; remove: () => void }) {
    if (child.stdout === null || child.stderr === null) throw new Error('The program was started without pipes');
    this.#child = child;
    this.#remove = remove;
    this.profile = profile;
    this.stdout = new ChildOutput(child.stdout);
    this.stderr = new ChildOutput(child.stderr);
  }

  /** Starts dist/headless and resolves when it is ready. @throws when it ends instead */
  static async start(options: HeadlessStart): Promise<HeadlessNode> {
    const folder = temporaryFolder(options.name);
    const profile = options.profile ?? resolve(folder.path, 'profile');
    const made = options.empty === true ? '--empty' : '--create';
    const create = options.profile === undefined ? [made] : [];
    const [program, ...args] = [
      ...(options.under ?? []),
      process.execPath,
      resolve('dist/headless/entry-headless.cjs'),
      '--profile',
      profile,
      '--json',
      ...create,
      ...(options.args ?? []),
    ];
    const child = spawn(program!, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...present({ POSTHORN_TEST_TORRC: options.torrc && JSON.stringify(options.torrc) }),
        ...options.env,
      },
    });
    const node = new HeadlessNode({ child, profile, remove: folder.remove });
    child.stdin.end(`${options.passphrase ?? testPassphrase}\n`);
    const exited = once(child, 'exit').then(() => {
      throw new Error(`The headless program ended before it was ready:\n${node.stderr.text()}`);
    });
    try {
      await Promise.race([node.stdout.line(/"event":"ready"/u), exited]);
    } catch (error) {
      await node.stop('SIGKILL');
      folder.remove();
      throw error;
    }
    exited.catch(() => undefined);
    return node;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Runs `posthorn --profile … ARGS` to its end. */
  async posthorn(args: readonly string[], input = ''): Promise<CommandResult> {
    const child = spawn(process.execPath, [resolve('dist/headless/posthorn.cjs'), '--profile', this.profile, ...args]);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
  }

  /** The same with `--json`: the one value it prints. @throws when it does not end with status 0 */
  async json(args: readonly string[], input = ''): Promise<unknown> {
    const { status, stdout, stderr } = await this.posthorn([...args, '--json'], input);
    if (status !== 0) throw new Error(`posthorn ${args[0] ?? ''} ended with ${String(status)}: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** Makes an identity; resolves with its address. */
  async createIdentity(localPart: string): Promise<string> {
    const identity = (await this.json(['identity', 'create', localPart])) as { readonly address: string };
    return identity.address;
  }

  /** Resolves when this address can be reached over its onion service. */
  async online(address: string): Promise<void> {
    await this.stdout.line(new RegExp(`"address":"${address.replaceAll('.', '\\.')}".*"reachability":"online"`, 'u'));
  }

  /** Ends it in order, or at once with SIGKILL; resolves with its exit status. The profile stays until `remove`. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
    return this.#child.exitCode;
  }

  remove(): void {
    this.#remove();
  }
}
