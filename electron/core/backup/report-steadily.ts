import type { BackupProgress } from '../../../shared/backup';

/** Octets between two reports: enough for a bar that moves, too few events to be felt. */
const STEP_BYTES = 4 * 1024 * 1024;

/** A function to be told of every piece, which reports now and then, and when the total is reached. */
export function steadily(o: {
  work: BackupProgress['work'];
  total: number;
  progressed: (progress: BackupProgress) => void;
}): (octets: number) => void {
  let bytes = 0;
  let reported = -STEP_BYTES;
  return (octets) => {
    bytes = Math.min(bytes + octets, o.total);
    if (bytes === reported || (bytes < o.total && bytes - reported < STEP_BYTES)) return;
    reported = bytes;
    o.progressed({ work: o.work, bytes, total: o.total });
  };
}
