import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Octets that this program may still write on the disk of a file. Where that cannot be asked it is no limit. */
export function freeOctets(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
