/**
 * `node scripts/plant-faults.mjs [WORD …]`: do the tests catch what they are for? Plants faults one by one in a scratch
 * copy of HEAD, runs the tests that must catch each, and prints a table; status 1 when one is not caught. With words:
 * only the faults with one of them in their name. Needs `npm ci` and, for the built workers, `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { faults } from './planted/faults.mjs';
import { SetUpError, elapsed, main, root, say } from './terminal.mjs';

await main((words) => {
  const chosen = faults.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase())),
  );
  if (chosen.length === 0) throw new SetUpError('No fault has one of these words in its name');
  const copy = scratchCopy();
  try {
    const results = chosen.map((fault) => tryFault(copy, fault));
    process.stdout.write(`\n| fault | planted in | caught by | time |\n|---|---|---|---|\n`);
    for (const { name, files, caught, time } of results)
      process.stdout.write(`| ${name} | ${files.join(', ')} | ${caught ?? '**nothing**'} | ${time} |\n`);
    return results.every(({ caught }) => caught !== undefined) ? 0 : 1;
  } finally {
    git('worktree', 'remove', '--force', copy);
    rmSync(dirname(copy), { recursive: true, force: true });
  }
});

/** HEAD in a work tree of its own, with the packages and what is built here. */
function scratchCopy() {
  if (!existsSync(join(root, 'dist/core/pgp-worker.cjs'))) throw new SetUpError('Run `npm run build` first');
  const copy = join(mkdtempSync(join(tmpdir(), 'posthorn-faults-')), 'copy');
  git('worktree', 'add', '--detach', copy, 'HEAD');
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  shortenLimits(join(copy, '.config/limits.json'));
  return copy;
}

/** A fault may show as a test that waits for ever: the limit for hangs would make it a quarter of an hour. */
function shortenLimits(file) {
  const limits = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...limits, testMinutes: 1 }));
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new SetUpError(`git ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** The tests must pass without the fault: one that always fails catches nothing. */
function tryFault(copy, { name, edits, tests, only }) {
  const started = Date.now();
  say(name);
  const sound = runTests(copy, { tests, only });
  if (sound.passed === 0 || sound.failed.length > 0)
    throw new SetUpError(
      `Without the fault these fail or do not exist: ${tests.join(', ')} ${sound.failed.join('; ')}`,
    );
  const undo = edits.map(([text, fault]) => plant(copy, text, fault));
  const { failed } = runTests(copy, { tests, only });
  for (const { path, before } of undo.reverse()) writeFileSync(path, before);
  const caught = failed.length > 0 ? `${tests.join(', ')}: ${failed[0]}` : undefined;
  say(caught === undefined ? '  NOT caught' : `  caught by ${caught}`);
  return { name, files: undo.map(({ file }) => file), caught, time: elapsed(started) };
}

function plant(copy, text, fault) {
  const sources = git('ls-files', 'electron/core/*.ts')
    .split('\n')
    .filter((file) => file.endsWith('.ts'));
  const having = sources.filter(
    (file) => !file.endsWith('.test.ts') && readFileSync(join(copy, file), 'utf8').includes(text),
  );
  if (having.length !== 1) throw new SetUpError(`This must stand in one file, and stands in ${having.length}: ${text}`);
  const path = join(copy, having[0]);
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    before.replace(text, () => fault),
  );
  return { file: having[0], path, before };
}

/** Files are chosen by `/name`, so that another with a longer name is not. */
function runTests(copy, { tests, only }) {
  const report = join(copy, 'faults.json');
  rmSync(report, { force: true });
  const names = only === undefined ? [] : ['--testNamePattern', only];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', '.config/vitest.config.ts', '--project', 'unit*', '--reporter', 'json'];
  const files = tests.map((file) => `/${file}`);
  spawnSync(process.execPath, [vitest, ...args, `--outputFile=${report}`, ...names, ...files], {
    cwd: copy,
    stdio: 'ignore',
  });
  const results = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((file) => file.assertionResults);
  const titles = (status) => results.filter((test) => test.status === status).map((test) => test.title);
  return { passed: titles('passed').length, failed: titles('failed') };
}
