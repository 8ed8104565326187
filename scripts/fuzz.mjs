/**
 * `npm run fuzz -- [TARGET…] [--minutes N] [--keep] [--repeat FILE] [--table]`: shows the targets of fuzz/ inputs that
 * Jazzer.js makes, led by coverage, for so many minutes each. New inputs and finds are kept in the cache. `--keep`
 * takes over into fuzz/seeds what reached something new, `--repeat` shows one input to one target, `--table` prints
 * what all runs on this machine came to.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { buildFuzz } from './build.mjs';
import { nodeForFuzzing } from './fuzz/c-library.mjs';
import { foldersOf, knownTargets } from './fuzz/fuzz-folders.mjs';
import { keepSeeds } from './fuzz/keep-seeds.mjs';
import { printTable, readCounts, writeCounts } from './fuzz/run-counts.mjs';
import { setUp } from './set-up.mjs';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';
import { withReaper } from './with-reaper.mjs';

const usage = 'npm run fuzz -- [TARGET…] [--minutes N] [--keep] [--repeat FILE] [--table]';
const jazzer = join(root, 'node_modules/@jazzer.js/core/dist/cli.js');
/** Nothing that people send needs more to show its form. */
const longestInput = 8_192;
/** For one input; honest ones take milliseconds. */
const secondsForInput = 25;
/** To read the inputs of before, on a slow machine. */
const patience = 30 * 60_000;

await main(async (args) => {
  const o = readArguments(args);
  if (o.table) return printTable();
  const env = await setUp('fuzz', { build: false });
  const node = await nodeForFuzzing();
  await buildFuzz(o.targets);
  // Whoever fuzzes does something else meanwhile.
  setPriority(19);
  return withReaper(async (mark) => {
    const context = { ...o, node, env: { ...env, ...mark } };
    if (o.repeat !== undefined) return repeat(context);
    const failed = [];
    for (const target of o.targets) if (!(await fuzzOne(target, context))) failed.push(target);
    process.stdout.write(`${o.targets.length - failed.length} passed, ${failed.length} failed\n`);
    return failed.length === 0 ? 0 : 1;
  });
});

function readArguments(args) {
  const o = { targets: [], minutes: 1, keep: false, table: false, repeat: undefined };
  const rest = [...args];
  const read = {
    '--minutes': () => (o.minutes = minutesOf(rest.shift())),
    '--keep': () => (o.keep = true),
    '--table': () => (o.table = true),
    '--repeat': () => (o.repeat = inputOf(rest.shift())),
  };
  while (rest.length > 0) {
    const arg = rest.shift();
    if (read[arg] !== undefined) read[arg]();
    else if (knownTargets().includes(arg)) o.targets.push(arg);
    else throw new SetUpError(`there is no ${arg}: ${usage}; targets are ${knownTargets().join(', ')}`);
  }
  if (o.repeat !== undefined && o.targets.length !== 1) throw new SetUpError(`one target repeats an input: ${usage}`);
  return { ...o, targets: o.targets.length === 0 ? knownTargets() : o.targets };
}

function minutesOf(text = '') {
  if (!/^\d+(?:\.\d+)?$/u.test(text) || Number(text) === 0) throw new SetUpError('--minutes takes a number above 0');
  return Number(text);
}

function inputOf(path = '') {
  const input = resolve(path);
  if (path === '' || !existsSync(input)) throw new SetUpError('--repeat takes the path of an input');
  return input;
}

/** Answers whether nothing was found. */
async function fuzzOne(target, o) {
  const started = Date.now();
  const { corpus, seeds, finds } = foldersOf(target);
  for (const folder of [corpus, finds]) mkdirSync(folder, { recursive: true });
  say(`${target}: ${o.minutes} min …`);
  const seconds = Math.ceil(o.minutes * 60);
  const options = [`-max_total_time=${seconds}`, `-max_len=${longestInput}`, '-print_final_stats=1'];
  const { code, output } = await jazzerOn(target, o, {
    inputs: [corpus, seeds],
    options: [...options, `-artifact_prefix=${finds}/`],
    limit: seconds * 1_000 + patience,
  });
  const counts = readCounts(output);
  writeCounts(target, counts);
  const hours = (Date.now() - started) / 1_000;
  say(`${target}: ${counts.runs} inputs, ${counts.coverage} places reached, ${hours.toFixed(0)} s`);
  if (o.keep && code === 0) await keepSeeds(target, (options) => jazzerOn(target, o, { inputs: [], options }));
  if (code !== 0) report(target, output);
  return code === 0;
}

function report(target, output) {
  const said = output.split('\n').filter((line) => !/^(?:#\d|INFO:|stat::|\s+at )/u.test(line));
  process.stdout.write(`${said.slice(-25).join('\n')}\n`);
  const path = /Test unit written to (\S+)/u.exec(output)?.[1];
  if (path === undefined) say(`${target}: the fuzzer ended by itself, without a find`);
  else say(`${target}: FOUND ${path}\n    npm run fuzz -- ${target} --repeat ${path}`);
}

async function repeat({ repeat: input, targets: [target], ...o }) {
  const started = Date.now();
  const { code, output } = await jazzerOn(target, o, { inputs: [input], options: [] });
  process.stdout.write(output);
  say(`${target}: ${code === 0 ? 'nothing found' : 'FOUND'} in ${elapsed(started)}`);
  return code === 0 ? 0 : 1;
}

/** Only our bundles count for coverage, with the libraries that are in them. */
function jazzerOn(target, { node: [program, ...before], env }, { inputs, options, limit = patience }) {
  const bundle = join(root, `dist/fuzz/${target}.cjs`);
  const settings = [`-timeout=${secondsForInput}`, ...options];
  const args = [...before, jazzer, bundle, '-i', 'dist/fuzz', '--timeout', `${secondsForInput * 1_000}`, ...inputs];
  return run(program, [...args, '--', ...settings], { env, capture: true, limit });
}
