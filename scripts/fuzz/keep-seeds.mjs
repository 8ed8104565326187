import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../terminal.mjs';
import { foldersOf } from './fuzz-folders.mjs';

/** Of all seeds of one target. */
const most = { files: 100, octets: 200_000 };

/**
 * Takes over the inputs of the cache that reach places which no seed reaches, small ones first, as long as there is
 * room.
 * @param {string} target
 * @param {(options: string[]) => Promise<{code: number}>} jazzer
 */
export async function keepSeeds(target, jazzer) {
  const { seeds, corpus } = foldersOf(target);
  const there = sized(seeds);
  const fresh = await thatReachMore(there, sized(corpus), jazzer);
  let [files, octets] = [there.length, there.reduce((sum, { size }) => sum + size, 0)];
  for (const { name, path, size } of fresh) {
    if (files + 1 > most.files || octets + size > most.octets) break;
    copyFileSync(path, join(seeds, name));
    files += 1;
    octets += size;
  }
  say(`${target}: ${files - there.length} of ${fresh.length} inputs are seeds now, ${files} in all`);
}

/**
 * The inner half of libFuzzer's merge. The outer one would start Node anew, and does not know on which C library.
 * @param {Input[]} there what counts already
 * @param {Input[]} offered
 * @returns {Promise<Input[]>} those that reach a place which none before them reaches
 */
async function thatReachMore(there, offered, jazzer) {
  const inputs = [...there, ...offered];
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-fuzz-'));
  const control = join(folder, 'merge');
  try {
    writeFileSync(control, `${[inputs.length, there.length, ...inputs.map(({ path }) => path)].join('\n')}\n`);
    await jazzer(['-merge_inner=1', `-merge_control_file=${control}`]);
    // Behind the list a line for each input: its number, then the places that it is the first to reach.
    const lines = readFileSync(control, 'utf8').matchAll(/^COV (\d+) \d/gmu);
    return [...lines].map(([, index]) => inputs[Number(index)]).filter((input) => !there.includes(input));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @typedef {{name: string, path: string, size: number}} Input */

/** @returns {Input[]} the files of a folder, small ones first */
function sized(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name), size: statSync(join(folder, name)).size }))
    .sort((one, other) => one.size - other.size);
}
