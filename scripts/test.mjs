/**
 * `npm test [-- --only GROUP [PATH…]] [--shard i/n]`: everything a change must pass. All checks run, also after one
 * failed; the last line is `N passed, N failed`, and the exit status says the same. Nothing here is stopped for being
 * slow, only for showing no progress (.config/limits.json).
 */
import { markName } from './marked-processes.mjs';
import { setUp } from './set-up.mjs';
import { main } from './terminal.mjs';
import { buildAll, command, coreUnderPlainNode, packageTest, script, tool } from './test/checks.mjs';
import { chosenTests } from './test/chosen-tests.mjs';
import { playwright } from './test/playwright-check.mjs';
import { runStage } from './test/run-stage.mjs';
import { summarise } from './test/summary.mjs';
import { vitest } from './test/vitest-check.mjs';
import { withReaper } from './with-reaper.mjs';

/**
 * Stages come one after another. The lanes of a stage run side by side, the checks of a lane in order: one computes
 * while another waits for Tor.
 * @type {import('./test/run-stage.mjs').Check[][][]}
 */
const stages = [
  [
    [
      {
        group: 'lint',
        name: 'format',
        check: tool('oxfmt/bin/oxfmt', [
          ...['-c', '.config/oxfmt.json', '--ignore-path', '.gitignore', '--ignore-path', '.config/format-ignore'],
          '--check',
        ]),
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
    [{ group: 'unit', name: 'unit tests', check: vitest('unit') }],
    [{ group: 'integration', name: 'integration tests', check: vitest('integration') }],
  ],
  [[{ group: 'e2e', name: 'end-to-end tests', check: playwright }]],
  [
    [{ group: 'package', name: 'package', check: packageTest }],
    [
      ...['receive', 'start', 'openpgp', 'trust', 'graph', 'mailbox', 'imap', 'holders'].map((name) => ({
        group: 'commands',
        name: `bench ${name}`,
        check: command('bench.mjs', { args: [name, '--small'], prints: /^ +ours +theirs +ratio$/mu }),
      })),
      { group: 'commands', name: 'demo', check: command('demo.mjs', { args: ['--auto'], prints: / {2}delivered$/mu }) },
    ],
  ],
];

/** Which share of a run that is shared out a group belongs to as a whole; the others are shared out test by test. */
const wholeIn = { lint: 'first', commands: 'last', package: 'last' };

await main((args) => {
  const chosen = chosenTests(args);
  const started = Date.now();
  return withReaper(async ({ [markName]: mark }) => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
    const env = { ...(await setUp('test', { build: false })), ...colour };
    const results = [];
    for (const stage of stages) results.push(...(await runStage(wantedLanes(stage, chosen), { ...chosen, env, mark })));
    return summarise(results, started);
  });
});

function wantedLanes(stage, { only, shard }) {
  const wanted = ({ group }) =>
    group === 'always' || ((only === undefined || group === only) && isInShard(group, shard));
  return stage.map((lane) => lane.filter(wanted)).filter((lane) => lane.length > 0);
}

function isInShard(group, shard) {
  if (shard === undefined || wholeIn[group] === undefined) return true;
  return shard.index === (wholeIn[group] === 'first' ? 1 : shard.count);
}
