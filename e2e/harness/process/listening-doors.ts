import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Where a process listens: a TCP port on 127.0.0.1, or the path of a Unix socket. */
export type Door = number | string;

/** The options of `connect` that lead to a door. */
export function placeOf(door: Door): { port: number; host: string } | { path: string } {
  return typeof door === 'number' ? { port: door, host: '127.0.0.1' } : { path: door };
}

/** All doors of this process, by the kernel's tables. */
export function listeningDoors(pid: number): Door[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => socketOf(`/proc/${pid}/fd/${fd}`)));
  const ports = rows(`/proc/${pid}/net/tcp`)
    .filter(
      ([, local, , state, , , , , , inode]) =>
        local?.startsWith('0100007F:') === true && state === '0A' && own.has(inode),
    )
    .map(([, local]) => Number.parseInt(local!.split(':')[1]!, 16));
  // Flags 00010000: it accepts connections (__SO_ACCEPTCON).
  const paths = rows(`/proc/${pid}/net/unix`)
    .filter(([, , , flags, , , inode, path]) => flags === '00010000' && own.has(inode) && path?.startsWith('/'))
    .map(([, , , , , , , path]) => path!);
  return [...ports, ...paths];
}

function rows(table: string): string[][] {
  return readFileSync(table, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u));
}

function socketOf(link: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/u.exec(readlinkSync(link))?.[1];
  } catch {
    return undefined;
  }
}
