import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Ids of a process and of all that descend from it (Linux). */
export function processTree(root: number): number[] {
  const parents = new Map(runningProcesses().map((pid) => [pid, parentOf(pid)]));
  const tree = [root];
  for (const ancestor of tree) {
    for (const [pid, parent] of parents) if (parent === ancestor) tree.push(pid);
  }
  return tree;
}

/** The file that a process runs; undefined when it has ended. */
export function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

/** Of these processes, those whose program lies in this folder: an id alone may have been given to another since. */
export function stillRunning(pids: readonly number[], folder: string): number[] {
  return pids.filter((pid) => programOf(pid)?.startsWith(folder));
}

/** Memory of a process in KiB, with what it shares divided among those who share it; 0 when it has ended. */
export function proportionalSetSize(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function runningProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
