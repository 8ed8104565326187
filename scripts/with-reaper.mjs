/** Commands that start many programs leave none behind, however they end. Plain Node, no packages. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { endMarked, leftAfter, markName, nestedMark, parentOf } from './marked-processes.mjs';
import { root } from './terminal.mjs';

/** Programs that were asked to end may need so long, in milliseconds. */
const graceMs = 5000;
const parentPollMs = 1000;
const shells = ['sh', 'dash', 'bash'];

/**
 * Runs `action`; whatever it has started is ended afterwards, and also when this process is killed, or the npm that
 * started it.
 * @template T
 * @param {(mark: Record<string, string>) => Promise<T>} action gets the mark as an entry for the environment of its
 *   programs; what is started with this process's own environment has it anyway
 * @returns {Promise<T>}
 */
export async function withReaper(action) {
  const mark = nestedMark(randomUUID().slice(0, 8));
  const reaper = startReaper(mark);
  process.env[markName] = mark;
  const stopWatching = endWithNpm();
  try {
    return await action({ [markName]: mark });
  } finally {
    stopWatching();
    await leftAfter(mark, graceMs);
    await endMarked(mark);
    reaper.stdin.destroy();
  }
}

/** It runs in a session of its own, so that what ends this process's group does not end it. */
function startReaper(mark) {
  const reaper = spawn(process.execPath, [join(root, 'scripts/reaper.mjs'), mark], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  reaper.unref();
  reaper.stdin.on('error', () => undefined);
  reaper.stdin.unref();
  return reaper;
}

/**
 * Ends this process in order when the npm that started it was killed: npm passes no SIGKILL on.
 * @returns {() => void} ends the watch
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const npm = npmProcess();
  const timer = setInterval(() => {
    if (npmProcess() !== npm) process.kill(process.pid, 'SIGTERM');
  }, parentPollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** npm runs a script with a shell, which stays between the two or not. */
function npmProcess() {
  const { name, parent } = parentOf(process.ppid);
  return shells.includes(name) ? parent : process.ppid;
}
