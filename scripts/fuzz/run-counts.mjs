/** What the runs on this machine came to, kept in the cache. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fuzzCache } from './c-library.mjs';
import { foldersOf, knownTargets } from './fuzz-folders.mjs';

const file = join(fuzzCache, 'counts.json');

/**
 * What the fuzzer says at its end.
 * @param {string} output
 */
export function readCounts(output) {
  const last = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return {
    // After a find there is no sum: the number of the last line it printed is a little less.
    runs: last(/stat::number_of_executed_units:\s*(\d+)/gu) || last(/^#(\d+)\t/gmu),
    seconds: last(/^Done \d+ runs in (\d+) second/gmu),
    coverage: last(/cov: (\d+) ft:/gu),
    inputs: last(/corp: (\d+)/gu),
  };
}

/** Adds a run to those of before. */
export function writeCounts(target, { runs, seconds, coverage, inputs }) {
  const all = readAll();
  const before = all[target] ?? { runs: 0, seconds: 0 };
  all[target] = { runs: before.runs + runs, seconds: before.seconds + seconds, coverage, inputs };
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

/** Prints the table of docs/fuzzing.md. */
export function printTable() {
  const all = readAll();
  const rows = knownTargets().map((target) => {
    const { runs = 0, seconds = 0, coverage = 0, inputs = 0 } = all[target] ?? {};
    const { finds, seeds } = foldersOf(target);
    const found = existsSync(finds) ? readdirSync(finds).length : 0;
    const mended = readdirSync(seeds).filter((name) => name.startsWith('was-')).length;
    return [
      `\`${target}\``,
      runs,
      (seconds / 3_600).toFixed(2),
      coverage,
      inputs,
      readdirSync(seeds).length,
      found,
      mended,
    ];
  });
  const head = [
    'target',
    'runs',
    'hours',
    'places reached',
    'inputs kept',
    'seeds',
    'finds',
    'former finds among the seeds',
  ];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  process.stdout.write(`${new Date().toISOString().slice(0, 10)}\n\n${lines.join('\n')}\n`);
  return 0;
}

function readAll() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
