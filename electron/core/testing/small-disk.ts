import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own, so that a test can fill it. Needs root on Linux. */
export type SmallDisk = {
  readonly path: string;
  /** Takes all the space that is left. */
  fill(): void;
  free(): void;
  remove(): void;
};

export const canMakeDisks = process.getuid?.() === 0 && process.platform === 'linux';

export function makeSmallDisk(mebibytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'posthorn-disk-'));
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${String(mebibytes)}m`, 'tmpfs', path]);
  const fillers = new Set<string>();
  return {
    path,
    fill: () => {
      for (let size = 1 << 20; size >= 512;) {
        const filler = join(path, `filler-${String(fillers.size)}`);
        fillers.add(filler);
        try {
          writeFileSync(filler, new Uint8Array(size));
        } catch {
          size /= 2;
        }
      }
    },
    free: () => {
      for (const filler of fillers) rmSync(filler, { force: true });
      fillers.clear();
    },
    remove: () => {
      execFileSync('/bin/umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
