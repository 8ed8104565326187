/**
 * `npm test [-- --only lint|unit|integration|e2e|package]`: everything a change must pass. All checks run, also after
 * one failed; the last line is `N passed, N failed`, and the exit status says the same.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, missingEntries } from './build.mjs';
import { setUp } from './set-up.mjs';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';
import { startXvfb, withDisplay } from './xvfb.mjs';

const minute = 60_000;
const groups = ['lint', 'unit', 'integration', 'e2e', 'package'];
const reports = join(root, 'test-results');

/**
 * @typedef {{passed: number, failed: number, skipped?: number}} Counts
 * @typedef {{group: string, name: string, check: (context: {env: NodeJS.ProcessEnv, run: typeof run}) =>
 *   Promise<Counts>}} Check
 */

/**
 * Stages come one after another. The lanes of a stage run side by side, the checks of a lane in order: one computes
 * while another waits for Tor. What the lanes after the first print is held back until the stage is over.
 * @type {Check[][][]}
 */
const stages = [
  [
    [
      {
        group: 'lint',
        name: 'format',
        check: tool('oxfmt/bin/oxfmt', ['-c', '.config/oxfmt.json', '--check']),
      },
      { group: 'lint', name: 'lint', check: tool('oxlint/bin/oxlint', ['-c', '.config/oxlint.jsonc']) },
      { group: 'lint', name: 'structure', check: script('check-structure.mjs') },
      { group: 'lint', name: 'structure is refused', check: script('check-structure.mjs', '--self-test') },
      { group: 'lint', name: 'imports', check: script('check-imports.mjs') },
      { group: 'lint', name: 'imports are refused', check: script('check-imports.mjs', '--self-test') },
    ],
    [
      {
        group: 'lint',
        name: 'types',
        check: tool('typescript/bin/tsc', ['-b', '--checkers', '1', '--builders', '2']),
      },
      { group: 'lint', name: 'lint is refused', check: script('check-lint.mjs', '--self-test') },
      { group: 'lint', name: 'knip', check: tool('knip/bin/knip.js', ['-c', '.config/knip.json']) },
    ],
  ],
  [
    [
      { group: 'always', name: 'build', check: buildAll },
      { group: 'lint', name: 'core under plain Node', check: coreUnderPlainNode },
    ],
  ],
  [
    [{ group: 'unit', name: 'unit tests', check: vitest('unit', 12 * minute) }],
    [{ group: 'integration', name: 'integration tests', check: vitest('integration', 8 * minute) }],
  ],
  [[{ group: 'e2e', name: 'end-to-end tests', check: playwright }]],
  [[{ group: 'package', name: 'package', check: packageTest }]],
];

await main(async (args) => {
  const only = chosenGroup(args);
  const started = Date.now();
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  const env = { ...(await setUp('test', { build: false })), ...colour };
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results = [];
  for (const stage of stages) {
    const ended = await runStage(stage, { env, only });
    ended.forEach(release);
    results.push(...ended);
  }
  return summarise(results, started);
});

/** Runs what is asked for of a stage. */
async function runStage(stage, { env, only }) {
  const wanted = ({ group }) => only === undefined || group === only || group === 'always';
  const lanes = stage.map((lane) => lane.filter(wanted)).filter((lane) => lane.length > 0);
  return (await Promise.all(lanes.map((lane, index) => runLane(lane, { env, held: index > 0 })))).flat();
}

async function runLane(lane, options) {
  const results = [];
  for (const check of lane) results.push(await timed(check, options));
  return results;
}

function chosenGroup(args) {
  const at = args.indexOf('--only');
  if (at < 0) return undefined;
  if (!groups.includes(args[at + 1])) throw new SetUpError(`--only takes one of: ${groups.join(', ')}`);
  return args[at + 1];
}

/** A check that cannot even start has failed; the others still run. What a held one prints is in `notes`. */
async function timed({ name, check }, { env, held }) {
  const started = Date.now();
  const notes = [];
  if (!held) say(`── ${name} ──`);
  const counts = await check({ env, run: held ? runHeld(notes) : run }).catch((error) => {
    notes.push(`${name}: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  });
  if (!held) process.stdout.write(notes.join(''));
  return { name, ...counts, time: elapsed(started), held, notes };
}

/** Like `run`, but what would be shown is noted. */
function runHeld(notes) {
  return async (command, args, options) => {
    const ended = await run(command, args, { ...options, capture: true });
    if (options.capture !== true) notes.push(ended.output);
    return ended;
  };
}

function release({ name, held, notes }) {
  if (!held) return;
  say(`── ${name} (ran beside the others) ──`);
  process.stdout.write(notes.join(''));
}

function summarise(results, started) {
  const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
  process.stdout.write('\n');
  for (const { name, passed, failed, skipped, time } of results) {
    const state = failed > 0 ? 'FAILED' : 'ok    ';
    process.stdout.write(
      `${state} ${name.padEnd(22)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${time})\n`,
    );
  }
  process.stdout.write(`\nall in ${elapsed(started)}\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  return sum('failed') === 0 ? 0 : 1;
}

function outcome(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function tool(path, args) {
  return async ({ env, run }) =>
    outcome(
      (await run(process.execPath, [join(root, 'node_modules', path), ...args], { env, limit: 4 * minute })).code,
    );
}

function script(name, ...args) {
  return async ({ env, run }) =>
    outcome((await run(process.execPath, [join(root, 'scripts', name), ...args], { env, limit: 2 * minute })).code);
}

async function buildAll() {
  const missing = missingEntries();
  for (const entry of missing) say(`there is no ${entry}`);
  await build();
  return outcome(missing.length);
}

/**
 * The core must run without Electron: the bundle that has all of it starts under Node, and no bundle of it asks for
 * Electron.
 */
async function coreUnderPlainNode({ env, run }) {
  const bundles = ['core', 'headless'].flatMap((folder) =>
    readdirSync(join(root, 'dist', folder))
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => join(root, 'dist', folder, name)),
  );
  const asking = bundles.filter((file) => /require\(["']electron["']\)/u.test(readFileSync(file, 'utf8')));
  for (const file of asking) say(`${file} asks for electron`);
  const { code, output } = await run(process.execPath, [join(root, 'dist/headless/entry-headless.cjs'), '--version'], {
    env,
    capture: true,
    limit: minute,
  });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (code !== 0 || !output.includes(version)) say(`entry-headless --version under Node: status ${code}\n${output}`);
  return outcome(asking.length === 0 && output.includes(version) ? code : 1);
}

function vitest(project, limit) {
  return async ({ env, run }) => {
    const report = join(reports, `${project}.json`);
    const args = ['run', '--config', '.config/vitest.config.ts', '--project', project];
    const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`];
    const { code } = await run(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...reporters],
      { env, limit },
    );
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const {
      numPassedTests: passed,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      testResults,
    } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot be loaded has no tests of its own that could fail.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    return counted(code, { passed, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests });
  };
}

async function playwright({ env, run }) {
  const report = join(reports, 'e2e.json');
  const args = [join(root, 'node_modules/playwright/cli.js'), 'test', '-c', '.config/playwright.config.ts'];
  const { code } = await withDisplays(2, (displays) =>
    run(process.execPath, args, { env: { ...env, ...displays }, limit: 10 * minute }),
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
  return counted(code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  });
}

/**
 * Runs `action` with an environment that has a display for each worker of Playwright. Other systems than Linux have one
 * screen, and one worker.
 */
async function withDisplays(count, action) {
  if (process.platform !== 'linux') return action({});
  const screens = await Promise.all(Array.from({ length: count }, () => startXvfb()));
  const names = screens.map(({ display }) => display);
  try {
    return await action({ DISPLAY: names[0], POSTHORN_TEST_DISPLAYS: names.join(' '), XDG_SESSION_TYPE: 'x11' });
  } finally {
    await Promise.all(screens.map((screen) => screen.stop()));
  }
}

/** Makes the package for tests, installs it and tries it. Packages of other systems are tried there. */
async function packageTest({ env, run }) {
  if (process.platform !== 'linux') return { passed: 0, failed: 0, skipped: 1 };
  const made = await run(process.execPath, [join(root, 'scripts/dist.mjs'), '--test-network'], {
    env,
    limit: 4 * minute,
  });
  if (made.code !== 0) return outcome(made.code);
  const check = vitest('package', 5 * minute);
  return withDisplay((display) => check({ env: { ...env, DISPLAY: display.DISPLAY, XDG_SESSION_TYPE: 'x11' }, run }), {
    always: true,
  });
}

/** A runner that ends badly without naming a failed test counts as one. */
function counted(code, { passed, failed, skipped }) {
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}
