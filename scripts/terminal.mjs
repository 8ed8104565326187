/** Small things every command shares: where the project is, and one way to say and to run. Plain Node, no packages. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The project's top folder, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/u, '');

/** Chromium refuses to run its sandbox as root; containers and CI often are. */
export const isRoot = process.getuid?.() === 0;

/** Prints one line of progress to standard error, so that standard output stays for results. */
export function say(line) {
  process.stderr.write(`posthorn: ${line}\n`);
}

/** Time since `started` (ms since the epoch) as text, such as `3.2 s`. */
export function elapsed(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** An end that the person can do something about: shown as one line, without a stack. */
export class SetUpError extends Error {}

/**
 * A program under the same process id that the kernel ends together with this process, also when this one is killed.
 * Where there is no setpriv (other systems than Linux) it is started as it is.
 * @param {string} command
 * @param {string[]} args
 * @param {'TERM' | 'KILL'} signal
 * @returns {[string, string[]]} command and arguments for `spawn` or `run`
 */
export function leashed(command, args, signal = 'TERM') {
  const setpriv = '/usr/bin/setpriv';
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', signal, command, ...args]] : [command, args];
}

/**
 * Runs a program to its end, output shown unless `capture`.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, input?: 'inherit' | 'ignore', limit?: number}}
 *   options
 *   `limit`: after so many ms it is asked to end (SIGTERM), and made to 5 s later
 * @returns {Promise<{code: number, output: string}>} exit code (128+n after a signal) and, with `capture`, what it
 *   printed
 */
export function run(
  command,
  args,
  { cwd = root, env = process.env, capture = false, input = 'ignore', limit = 0 } = {},
) {
  return new Promise((resolve, reject) => {
    const out = capture ? 'pipe' : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio: [input, out, out] });
    const stopPassing = passSignals(child);
    const stopTiming = limit > 0 ? endAfter(child, limit) : () => {};
    let output = '';
    const collect = (chunk) => {
      output += String(chunk);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const settle = () => {
      stopTiming();
      stopPassing();
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve({ code: signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0), output });
    });
  });
}

/** Asks a child to end when its time is over, and kills it when it does not. */
function endAfter(child, limit) {
  let killer;
  const asker = setTimeout(() => {
    say(`${child.spawnfile} took more than ${Math.round(limit / 1000)} s and is stopped`);
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  }, limit);
  return () => {
    clearTimeout(asker);
    clearTimeout(killer);
  };
}

/**
 * Ctrl-C reaches the child by the terminal; a plain kill of this process must reach it too. Once the child has ended,
 * this process ends by the same signal instead of going on with its next step.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{group?: boolean}} options `group`: the child leads a process group, and all of that gets the signal
 * @returns {() => void} to be called when the child has ended
 */
export function passSignals(child, { group = false } = {}) {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  let received;
  const pass = (signal) => {
    received = signal;
    if (group && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
    else child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
    if (received !== undefined) process.kill(process.pid, received);
  };
}

/** Runs a command's main function; a SetUpError is one line and exit status 1. */
export async function main(action) {
  try {
    process.exitCode = (await action(process.argv.slice(2))) ?? 0;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
