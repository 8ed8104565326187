import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the utility processes that the program of this id runs its core in (Linux). */
export function coreProcesses(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((pid) => isCoreOf(pid, parent))
    .map(Number);
}

function isCoreOf(pid: string, parent: number | undefined): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return status.includes(`PPid:\t${String(parent)}\n`) && command.includes('node.mojom.NodeService');
  } catch {
    // It ended while we looked.
    return false;
  }
}
