/**
 * Finds and ends every process that a command has started, also those that left its process group: all inherit a mark
 * in their environment. Needs /proc (Linux); elsewhere nothing is found. Plain Node, no packages.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The environment variable that holds the mark. */
export const markName = 'POSTHORN_RUN';

const pollMs = 100;

/**
 * The environment of whoever starts something under `mark`: what was started within another marked run keeps that
 * run's mark in front, so both find it.
 * @param {string} mark letters, digits and dashes
 * @returns {string} the whole mark
 */
export function nestedMark(mark) {
  const outer = process.env[markName];
  return outer ? `${outer}/${mark}` : mark;
}

/**
 * @param {string} mark as it stands in the environment; marks nested in it count too
 * @returns {{pid: number, name: string}[]} running processes with that mark, this one left out; `name` is the command
 *   line
 */
export function markedProcesses(mark) {
  return processIds()
    .filter((pid) => pid !== process.pid && carries(pid, mark))
    .map((pid) => ({ pid, name: commandLine(pid) }));
}

/**
 * Ends all marked processes by SIGKILL, and those they start meanwhile; resolves when none is left.
 * @param {string} mark
 */
export async function endMarked(mark) {
  for (let left = markedProcesses(mark); left.length > 0; left = markedProcesses(mark)) {
    for (const { pid } of left) endProcess(pid, 'SIGKILL');
    await sleep(pollMs);
  }
}

/**
 * Waits until no marked process is left, or the time is over.
 * @returns {Promise<{pid: number, name: string}[]>} those that still run
 */
export async function leftAfter(mark, milliseconds) {
  const end = Date.now() + milliseconds;
  let left = markedProcesses(mark);
  while (left.length > 0 && Date.now() < end) {
    await sleep(pollMs);
    left = markedProcesses(mark);
  }
  return left;
}

/** Sends a signal to a process, or with a negative number to a group; nothing happens when it has ended. */
export function endProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * @param {number} pid
 * @returns {{name: string, parent: number}} the program's short name, and the id of the process that started it;
 *   empty and 0 when it has ended, or without /proc
 */
export function parentOf(pid) {
  const status = readOrEmpty(`/proc/${pid}/status`);
  return { name: /^Name:\t(.*)$/mu.exec(status)?.[1] ?? '', parent: Number(/^PPid:\t(\d+)$/mu.exec(status)?.[1] ?? 0) };
}

function processIds() {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
}

/** A process that has ended and waits for its parent has no environment any more. */
function carries(pid, mark) {
  const start = `${markName}=${mark}`;
  return readOrEmpty(`/proc/${pid}/environ`)
    .split('\0')
    .some((entry) => entry === start || entry.startsWith(`${start}/`));
}

function commandLine(pid) {
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 200) || `process ${pid}`;
}

/** Processes end at any moment, and those of other accounts may not be looked at. */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
