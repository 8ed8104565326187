import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Loopback TCP ports on which this process listens, by the kernel's tables. */
export function listeningPorts(pid: number): number[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => socketOf(`/proc/${pid}/fd/${fd}`)));
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u))
    .filter(
      ([, local, , state, , , , , , inode]) =>
        local?.startsWith('0100007F:') === true && state === '0A' && own.has(inode),
    )
    .map(([, local]) => Number.parseInt(local!.split(':')[1]!, 16));
}

function socketOf(link: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/u.exec(readlinkSync(link))?.[1];
  } catch {
    return undefined;
  }
}
