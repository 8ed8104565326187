/** Runs a program of a check for as long as it shows progress, and ends all of it when it does not. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { endMarked, endProcess, markName } from '../marked-processes.mjs';
import { passSignals, root, say } from '../terminal.mjs';
import { silenceLimitMs } from './limits.mjs';

const pollMs = 1000;
/** Between SIGTERM and SIGKILL. */
const endGraceMs = 5000;
/** What a program wrote last arrives after its end, unless something that it started holds the pipe. */
const lastOutputMs = 2000;

/**
 * Runs a program in a process group of its own, its output passed to `show` as it comes.
 * @param {string} command
 * @param {string[]} args
 * @param {{env: NodeJS.ProcessEnv, mark: string, show: (text: string) => void, silenceMs?: number,
 *   graceMs?: number}} options `mark` marks all that it starts; without any output for `silenceMs` it hangs, and is
 *   ended with all that it started, `graceMs` after it was asked to end
 * @returns {Promise<{code: number, output: string, hung: boolean}>} exit code (128+n after a signal), and all that it
 *   printed
 */
export async function runWatched(command, args, { env, mark, show, silenceMs = silenceLimitMs, graceMs = endGraceMs }) {
  const stdio = ['ignore', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd: root, env: { ...env, [markName]: mark }, stdio, detached: true });
  const ended = endOf(child);
  const stopPassing = passSignals(child, { group: true });
  const watch = watchProgress(child, { silenceMs, onSilence: () => endWhole(child, { mark, ended, graceMs }) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      watch.progress();
      show(text);
    });
  }
  try {
    return { code: await ended, output, hung: watch.hung() };
  } finally {
    watch.stop();
    stopPassing();
  }
}

async function endOf(child) {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? 128 + (constants.signals[signal] ?? 0)));
  });
  await Promise.race([closed, sleep(lastOutputMs, undefined, { ref: false })]);
  return code;
}

function watchProgress(child, { silenceMs, onSilence }) {
  let last = Date.now();
  let hung = false;
  const timer = setInterval(
    () => {
      if (Date.now() - last < silenceMs) return;
      clearInterval(timer);
      hung = true;
      say(`${child.spawnargs.join(' ')} has shown no progress for ${Math.round(silenceMs / 1000)} s and is stopped`);
      void onSilence();
    },
    Math.min(pollMs, silenceMs),
  );
  return {
    progress: () => {
      last = Date.now();
    },
    hung: () => hung,
    stop: () => clearInterval(timer),
  };
}

/** Asks the group to end, makes it end, and then what had left the group. */
async function endWhole(child, { mark, ended, graceMs }) {
  endProcess(-child.pid, 'SIGTERM');
  await Promise.race([ended.catch(() => undefined), sleep(graceMs)]);
  endProcess(-child.pid, 'SIGKILL');
  await endMarked(mark);
}
