import { diskFull } from '../sql/store-error';

/** Octets of the log beside the file, before they are moved into it. */
const LOG_OCTETS = 4 * 1024 * 1024;

/** Throws `disk-full` when so many octets do not fit: nothing of them is written yet. `free`: octets of the disk. */
export function requireDisk(free: number, octets: number): void {
  if (free < octets + Math.min(octets, LOG_OCTETS)) throw diskFull();
}
