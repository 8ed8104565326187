/**
 * `node scripts/plant-faults.mjs [WORD …]`: do the tests catch what they are for? Plants faults one by one in a scratch
 * copy of HEAD, runs the tests that must catch each, and prints a table; status 1 when one is not caught. With words:
 * only the faults with one of them in their name. Needs `npm ci` and, for the built workers, `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SetUpError, elapsed, main, root, say } from './terminal.mjs';

/**
 * `edits`: a text that stands once in the sources of the core, and what it becomes. Files are found by the text, so
 * that they may move. `tests`: file names; `only`: the start of a test's name, where the whole file takes long.
 * @type {{name: string, edits: [string, string][], tests: string[], only?: string}[]}
 */
const faults = [
  {
    name: 'The mail database does not wait for the disk',
    edits: [['PRAGMA synchronous = FULL;', 'PRAGMA synchronous = OFF;']],
    tests: ['open-database.test.ts'],
  },
  {
    name: '250 is answered before COMMIT',
    edits: [
      [
        'const { outcome } = await mailbox.messages.receive(\n    { ...row, signer, ...present({ receipt, arrivedFrom }) },\n    bodies.served,\n  );',
        "const outcome = 'stored' as 'stored' | 'no-room';\n  mailbox.messages.receive({ ...row, signer, ...present({ receipt, arrivedFrom }) }, bodies.served).catch(() => undefined);",
      ],
    ],
    tests: ['full-disk.test.ts'],
    only: 'refuses mail for now',
  },
  {
    name: "The onion's certification of a key is not asked for",
    edits: [
      [
        "if (certification.outcome === 'refused') return withFacts(certification, raw, { ...question, certifier });",
        "if (certification.outcome === 'refused') Object.assign(certification, { certifiedAt: question.now, expiresAt: question.now + 1e9, signature: key.selfCertification });",
      ],
    ],
    tests: ['check-key-block.test.ts'],
  },
  {
    name: 'A revocation counts for an address that its key never had',
    edits: [['if (isOfAddress) return true;', 'return true;']],
    tests: ['signing-key.test.ts'],
    only: 'a key that somebody has revoked',
  },
  {
    name: 'A refusal ends a delivery before its remedy was tried',
    edits: [['if (o.outcome.remedy === undefined || sealedAnew >= MAX_SEALED_ANEW)', 'if (sealedAnew >= 0)']],
    tests: ['remedy-refusal.test.ts'],
    only: 'a recipient who came back',
  },
  {
    name: 'A retry seals anew and sends other octets',
    edits: [
      ['if (before && mailbox.outbox.isSealed(delivery.id)) return before;', ''],
      ['|| mailbox.outbox.isSealed(delivery.id)) continue;', ') continue;'],
      ['WHERE id = $id AND wire_copy_row IS NULL', 'WHERE id = $id'],
    ],
    tests: ['delivery-races.test.ts'],
    only: 'sends the octets of the first try',
  },
  {
    name: "A holder's quota is off by one octet",
    edits: [
      [
        "if (mail.size > roomFor(sql, { agreementId: mail.agreementId, free })) return { outcome: 'full' };",
        "if (mail.size > roomFor(sql, { agreementId: mail.agreementId, free }) + 1) return { outcome: 'full' };",
      ],
    ],
    tests: ['held-mail.test.ts'],
  },
  {
    name: 'The outbox is not woken when a retry is due',
    edits: [
      [
        'Math.min(milliseconds, LONGEST_WAIT_MS), () => {\n        this.startDue();\n      });',
        'Math.min(milliseconds, LONGEST_WAIT_MS), () => {});',
      ],
    ],
    tests: ['two-people.test.ts'],
    only: 'waits while the recipient is offline',
  },
  {
    name: 'A stranger joins the conversation that they name',
    edits: [
      [
        'return isAmong(one, other, samePerson) && isAmong(other, one, samePerson);',
        'return isAmong(one, one, samePerson) && isAmong(other, other, samePerson);',
      ],
    ],
    tests: ['join-conversations.test.ts'],
  },
  {
    name: 'A token is accepted for a second message',
    edits: [['return before.digest === mail.digest\n      ? {', 'return before.digest !== undefined\n      ? {']],
    tests: ['held-mail.test.ts'],
  },
  {
    name: 'A backup may ask for any amount of memory',
    edits: [['const HIGHEST_WORK_FACTOR = 20;', 'const HIGHEST_WORK_FACTOR = 99;']],
    tests: ['backups.test.ts'],
    only: 'one that asks for more memory',
  },
  {
    name: 'A profile may ask for any amount of memory',
    edits: [['.min(8).max(1_048_576)', '.min(8)']],
    tests: ['profile.test.ts'],
  },
  {
    name: 'The timer of a closed connection stays',
    edits: [['this.#cancelIdle();\n    this.#cancelLimit();', 'this.#cancelIdle();']],
    tests: ['smtp-listener.test.ts'],
    only: 'leaves no timer behind',
  },
  {
    name: 'A stranger gets one request too many into the mailbox',
    edits: [['o.requestsFromSender < MAX_REQUESTS_PER_SENDER', 'o.requestsFromSender <= MAX_REQUESTS_PER_SENDER']],
    tests: ['hostile-peer.test.ts'],
    only: 'takes only so much first mail',
  },
];

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
