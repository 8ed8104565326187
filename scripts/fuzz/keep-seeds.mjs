import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../terminal.mjs';
import { foldersOf } from './fuzz-folders.mjs';

/** Of all seeds of one target. */
const most = { files: 100, octets: 200_000 };

/**
 * Takes over the inputs of the cache that reach what no seed reaches, small ones first, as long as there is room.
 * @param {string} target
 * @param {(inputs: string[], options: string[]) => Promise<{code: number}>} jazzer
 */
export async function keepSeeds(target, jazzer) {
  const { seeds, corpus } = foldersOf(target);
  const merged = mkdtempSync(join(tmpdir(), 'posthorn-fuzz-'));
  try {
    // The first folder is what there is; merging adds to it what the second reaches beyond it.
    const there = sized(seeds);
    for (const { name, path } of there) copyFileSync(path, join(merged, name));
    await jazzer([merged, corpus], ['-merge=1']);
    const fresh = sized(merged).filter(({ name }) => !there.some((seed) => seed.name === name));
    let [files, octets] = [there.length, there.reduce((sum, { size }) => sum + size, 0)];
    for (const { name, path, size } of fresh.toSorted((one, other) => one.size - other.size)) {
      if (files + 1 > most.files || octets + size > most.octets) break;
      copyFileSync(path, join(seeds, name));
      files += 1;
      octets += size;
    }
    say(`${target}: ${files - there.length} of ${fresh.length} inputs are seeds now, ${files} in all`);
  } finally {
    rmSync(merged, { recursive: true });
  }
}

function sized(folder) {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { name, path, size: statSync(path).size };
  });
}
