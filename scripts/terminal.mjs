/** Small things every command shares: where the project is, and one way to say and to run. Plain Node, no packages. */
import { spawn } from 'node:child_process';
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
 * Runs a program to its end, output shown unless `capture`.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, idleLimit?: number}} options `idleLimit`: kill it
 *   when it printed nothing for so many ms (only with `capture`)
 * @returns {Promise<{code: number, output: string}>} exit code (128+n after a signal) and, with `capture`, what it printed
 */
export function run(command, args, { cwd = root, env = process.env, capture = false, idleLimit = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'] });
    const stopPassing = passSignals(child);
    let output = '';
    let idle;
    const touch = (chunk) => {
      if (chunk !== undefined) output += String(chunk);
      clearTimeout(idle);
      if (idleLimit > 0) idle = setTimeout(() => child.kill('SIGKILL'), idleLimit);
    };
    touch();
    child.stdout?.on('data', touch);
    child.stderr?.on('data', touch);
    child.once('error', (error) => {
      clearTimeout(idle);
      stopPassing();
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(idle);
      stopPassing();
      resolve({ code: signal === null ? (code ?? 1) : 130, output });
    });
  });
}

/** Ctrl-C reaches the child by the terminal; a plain kill of this process must reach it too. */
function passSignals(child) {
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, pass);
  return () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.off(signal, pass);
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
