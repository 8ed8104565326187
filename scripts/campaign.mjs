/**
 * `npm run campaign -- [NAME…] [--seeds N] [--seed SEED]`: the random tests of `npm test`, long: hundreds of kills,
 * floods, random webs, as often as there are seeds. Without a name: all of them. A failure is repeated with its seed.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setUp } from './set-up.mjs';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';
import { withReaper } from './with-reaper.mjs';

const usage = 'npm run campaign -- [NAME…] [--seeds N] [--seed SEED]';
const folders = ['electron', 'shared', 'renderer', 'e2e'];

await main(async (args) => {
  const { names, seeds } = readArguments(args);
  const files = chosenFiles(names);
  const env = await setUp('test');
  return withReaper(async (mark) => {
    const failed = [];
    for (const seed of seeds) if (!(await runWith(seed, { files, env: { ...env, ...mark } }))) failed.push(seed);
    for (const seed of failed) say(`failed: npm run campaign -- ${names.join(' ')} --seed ${seed}`);
    process.stdout.write(`${seeds.length - failed.length} passed, ${failed.length} failed\n`);
    return failed.length === 0 ? 0 : 1;
  });
});

function readArguments(args) {
  const names = [];
  const rest = [...args];
  let seeds = [randomUUID()];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === '--seeds') seeds = Array.from({ length: countOf(rest.shift()) }, () => randomUUID());
    else if (arg === '--seed') seeds = [rest.shift() ?? ''];
    else if (arg.startsWith('-')) throw new SetUpError(`there is no ${arg}: ${usage}`);
    else names.push(arg);
  }
  if (seeds.includes('')) throw new SetUpError(`--seed takes the seed that a failed campaign has printed: ${usage}`);
  return { names, seeds };
}

function countOf(text = '') {
  if (!/^[1-9]\d*$/u.test(text)) throw new SetUpError('--seeds takes a number of 1 or more');
  return Number(text);
}

/** The test files that ask testing/campaign how often to repeat, by parts of their names. */
function chosenFiles(names) {
  const all = folders.flatMap(campaignsIn);
  const chosen = names.length === 0 ? all : all.filter((file) => names.some((name) => file.includes(name)));
  if (chosen.length > 0) return chosen;
  const known = all.map((file) => /([^/]+)\.test\.tsx?$/u.exec(file)?.[1]);
  throw new SetUpError(`there is no campaign ${names.join(', ')}; there are: ${known.join(', ') || 'none'}`);
}

function campaignsIn(folder) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) => /\.test\.tsx?$/u.test(file));
  const asking = files.filter((file) => readFileSync(join(root, folder, file), 'utf8').includes("/testing/campaign'"));
  return asking.map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

async function runWith(seed, { files, env }) {
  const started = Date.now();
  say(`campaign with seed ${seed}: ${files.length} files`);
  const args = ['run', '--config', '.config/vitest.config.ts', ...projectsOf(files), '--reporter', 'verbose', ...files];
  const { code } = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    env: { ...env, POSTHORN_CAMPAIGN: '1', POSTHORN_SEED: seed },
  });
  say(`campaign with seed ${seed}: ${code === 0 ? 'passed' : 'FAILED'} in ${elapsed(started)}`);
  return code === 0;
}

/** The private Tor network of the integration tests is started for those alone. */
function projectsOf(files) {
  const projects = [];
  if (files.some((file) => !file.startsWith('e2e/'))) projects.push('--project', 'unit*');
  if (files.some((file) => file.startsWith('e2e/'))) projects.push('--project', 'integration');
  return projects;
}
