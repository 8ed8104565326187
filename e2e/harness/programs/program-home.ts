import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ChildOutput } from '../process/child-output';
import { patienceMs } from '../process/patience';
import { temporaryFolder, type TemporaryFolder } from '../process/temporary-folder';

/** How a program ended, and what it printed. */
export type ProgramResult = { readonly status: number | null; readonly stdout: Buffer; readonly stderr: string };

/** A program that runs. */
export type StartedProgram = {
  /** The first line of its output that matches, now or later. Rejects when it ends without. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves with its exit status. */
  readonly ended: Promise<number | null>;
};

/** Ends it together with the test run, also when that is killed. */
const leash = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] as const;

/** The home folder of somebody who uses other mail programs: nothing of this machine's user reaches them. */
export class ProgramHome {
  readonly #folder: TemporaryFolder;

  constructor(use: string) {
    this.#folder = temporaryFolder(use);
  }

  get path(): string {
    return this.#folder.path;
  }

  /** Writes a file that only its owner reads, as these programs demand; `~/` is this home. Answers its path. */
  write(name: string, text: string | Uint8Array): string {
    const path = join(this.path, name.replace(/^~\//u, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** Starts a program of Debian that goes on running; its input is given whole. */
  start(argv: readonly string[], input: string | Uint8Array = ''): StartedProgram {
    const child = this.#spawn(argv, input);
    const ended = once(child, 'close').then(([status]) => status as number | null);
    const [stdout, stderr] = [new ChildOutput(child.stdout), new ChildOutput(child.stderr)];
    const tooEarly = ended.then((status) => {
      throw new Error(`${argv[0] ?? ''} ended with ${String(status)}:\n${stderr.text()}`);
    });
    tooEarly.catch(() => undefined);
    return { line: (pattern) => Promise.race([stdout.line(pattern), tooEarly]), ended };
  }

  /** Runs a program of Debian to its end. One that hangs is killed, and has no status then. */
  async run(argv: readonly string[], input: string | Uint8Array = ''): Promise<ProgramResult> {
    const child = this.#spawn(argv, input);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
  }

  /** The same; what it printed. @throws when it does not end with status 0 */
  async succeed(argv: readonly string[], input: string | Uint8Array = ''): Promise<string> {
    const { status, stdout, stderr } = await this.run(argv, input);
    if (status === 0) return stdout.toString();
    throw new Error(`${argv[0] ?? ''} ended with ${String(status)}:\n${stderr}\n${stdout.toString()}`);
  }

  remove(): void {
    this.#folder.remove();
  }

  #spawn(argv: readonly string[], input: string | Uint8Array): ChildProcessWithoutNullStreams {
    const [command, ...before] = leash;
    const child = spawn(command, [...before, ...argv], { env: this.#environment(), cwd: this.path });
    const hanging = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.once('close', () => clearTimeout(hanging));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return child;
  }

  #environment(): NodeJS.ProcessEnv {
    const { XDG_CONFIG_HOME: _config, XDG_CACHE_HOME: _cache, MAIL: _mail, ...env } = process.env;
    return { ...env, HOME: this.path, LC_ALL: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm' };
  }
}
