import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { patienceMs } from './patience';
import { processTree } from './process-tree';

/** A process as /proc shows it; `id` stays apart from a later process with the same number. */
type Seen = { readonly pid: number; readonly id: string; readonly command: string };

/** What is in the environment of everything that a command starts (scripts/marked-processes.mjs). */
const MARK = 'POSTHORN_RUN';
const POLL_MS = 100;
/** Whose process is about to become the one that it names: what is still to come on its leash. */
const LEASHING = '/usr/bin/setpriv ';

/** One of the project's commands as a person starts it, and everything that runs because of it (Linux). */
export class KillableCommand {
  readonly #child: ChildProcess;
  readonly #mark: string;
  #before: readonly Seen[] = [];
  #output = '';

  private constructor(child: ChildProcess, mark: string) {
    this.#child = child;
    this.#mark = mark;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => (this.#output = (this.#output + part.toString()).slice(-8_192)));
  }

  /** @param input what it reads on standard input, which then stays open */
  static start(argv: readonly [string, ...string[]], o: { env?: NodeJS.ProcessEnv; input?: string } = {}) {
    const outer = process.env[MARK];
    const mark = `${outer === undefined ? '' : `${outer}/`}orphans-${randomUUID()}`;
    const [program, ...args] = argv;
    const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, ...o.env, [MARK]: mark } });
    child.stdin.on('error', () => undefined);
    if (o.input !== undefined) child.stdin.write(o.input);
    return new KillableCommand(child, mark);
  }

  /** Resolves once so many processes run whose command line has each of these words. @throws when they never do */
  async runs(wanted: Readonly<Record<string, number>>): Promise<void> {
    const limit = Date.now() + patienceMs;
    for (;;) {
      const all = this.#all().filter(({ command }) => !command.startsWith(LEASHING));
      const missing = Object.entries(wanted).filter(
        ([word, count]) => all.filter(({ command }) => command.includes(word)).length < count,
      );
      if (missing.length === 0) return;
      if (Date.now() > limit || this.#child.exitCode !== null)
        throw new Error(`No process of ${missing.map(([word]) => word).join(', ')} was started:\n${this.#output}`);
      await sleep(POLL_MS);
    }
  }

  /** Kills, by SIGKILL, the first process whose command line has this word: the one nearest to the command itself. */
  kill(word: string): void {
    this.#before = this.#all();
    const victim = this.#before.find(({ command }) => command.includes(word));
    if (victim === undefined) throw new Error(`Nothing runs that has ${word} in its command line`);
    process.kill(victim.pid, 'SIGKILL');
  }

  /** What still runs so many milliseconds after the call; returns at once when nothing does. */
  async leftAfter(milliseconds: number): Promise<readonly string[]> {
    const limit = Date.now() + milliseconds;
    while (this.#left().length > 0 && Date.now() < limit) await sleep(POLL_MS);
    return this.#left().map(({ command }) => command);
  }

  /** Ends what a failed test has left. */
  end(): void {
    for (const { pid } of this.#left()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself since.
      }
    }
  }

  #left(): readonly Seen[] {
    const early = new Set(this.#before.map(({ id }) => id));
    return allProcesses().filter((seen) => early.has(seen.id) || this.#isMarked(seen.pid));
  }

  /** The tree first, its root foremost; then what has left it. */
  #all(): readonly Seen[] {
    const tree = processTree(this.#child.pid ?? -1);
    const marked = allProcesses().filter(({ pid }) => !tree.includes(pid) && this.#isMarked(pid));
    return [...tree.map(look), ...marked].filter((seen) => seen !== undefined);
  }

  #isMarked(pid: number): boolean {
    return read(`/proc/${pid}/environ`).includes(`${MARK}=${this.#mark}`);
  }
}

function allProcesses(): readonly Seen[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return ids.map((pid) => look(Number(pid))).filter((seen) => seen !== undefined);
}

/** Undefined for a process that has ended, also when its parent has not asked for it yet. */
function look(pid: number): Seen | undefined {
  const [state, ...rest] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /su, '')
    .split(' ');
  if (state === undefined || state === '' || state === 'Z') return undefined;
  const startedAt = rest[18] ?? '';
  return { pid, id: `${pid}/${startedAt}`, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
