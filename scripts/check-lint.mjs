/**
 * `node scripts/check-lint.mjs --self-test`: plants a violation of each rule of .config/oxlint.jsonc
 * (scripts/planted/lint.txt) in a copy of the folders, lints all at once and fails when one is let through, when code
 * that keeps the rules is refused, or when a rule has no violation to prove it.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SetUpError, main, root, run, say } from './terminal.mjs';

const config = '.config/oxlint.jsonc';
const copied = [
  '.config',
  '.gitignore',
  ...['shared', 'electron/core', 'electron/headless', 'renderer'].map((folder) => `${folder}/tsconfig.json`),
];
const lines = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join('\n');

/** What would be long to write down. */
const made = {
  '[[301 lines]]': lines(301, (index) => `export const line${index} = 1;`),
  '[[function of 61 lines]]': `export function long() {\n${lines(59, (index) => `  void ${index};`)}\n}`,
  '[[11 ways]]': `export function ways(n) {\n${lines(10, (index) => `  if (n === ${index}) return 1;`)}\n  return 2;\n}`,
};
made['[[function of 61 lines]]'] = made['[[function of 61 lines]]'].replace('void 0;', 'void 0;\n');

/** oxlint refused none of the code that we could think of for these (docs/lint-rules.md). */
const unproved = ['react/preserve-manual-memoization'];

await main(async (args) => {
  if (!args.includes('--self-test'))
    throw new SetUpError('check-lint.mjs takes --self-test; the linter is `npm run lint`');
  const plants = readPlants(readFileSync(join(root, 'scripts/planted/lint.txt'), 'utf8'));
  const copy = mkdtempSync(join(tmpdir(), 'posthorn-lint-'));
  try {
    layOut(copy, plants);
    return judge(plants, await lint(copy));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

/** Every `=== rule [path]` with what is below it; each in a file with a number. */
function readPlants(text) {
  return text
    .split(/^=== /mu)
    .slice(1)
    .map((piece, index) => {
      const [head, ...code] = piece.split('\n');
      const [rule, path] = head.trim().split(' ');
      const markup = /^(?:react|jsx-a11y)\//u.test(rule);
      const file = (path ?? (markup ? 'renderer/planted.tsx' : 'electron/core/planted.ts')).replace(
        'planted.',
        `planted-${index}.`,
      );
      return { rule, file, code: code.map((line) => made[line] ?? line).join('\n') };
    });
}

function layOut(copy, plants) {
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
  for (const { file, code } of plants) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), code);
  }
}

/** Rules that are refused, by file: `typescript/no-floating-promises`; those of ESLint itself by their name alone. */
async function lint(copy) {
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', config, '--format', 'unix'];
  const { output } = await run(process.execPath, args, { cwd: copy, capture: true, limit: 120_000 });
  const found = new Map();
  for (const [, file, plugin, rule] of output.matchAll(/^(\S+?):\d+:\d+: .*\[Error\/([\w-]+)\(([\w-]+)\)\]$/gmu))
    found.set(file, [
      ...(found.get(file) ?? []),
      plugin === 'eslint' ? rule : `${plugin.replace('react-hooks', 'react')}/${rule}`,
    ]);
  if (found.size === 0) say(output);
  return found;
}

function judge(plants, found) {
  const broken = plants.filter(({ rule }) => rule !== 'fine');
  const fine = plants.filter(({ rule }) => rule === 'fine');
  const missed = broken.filter(({ rule, file }) => !found.get(file)?.includes(rule));
  const wronged = fine.filter(({ file }) => found.has(file));
  const proved = new Set([...broken.map(({ rule }) => rule), ...unproved]);
  const unplanted = rulesInConfig().filter((rule) => !proved.has(rule));
  for (const { rule, file } of missed) say(`not refused: ${rule} (${file}; refused: ${found.get(file) ?? 'nothing'})`);
  for (const { file } of wronged) say(`refused although fine: ${file} (${found.get(file)})`);
  for (const rule of unplanted) say(`no violation is planted for ${rule}`);
  say(
    `${broken.length - missed.length} planted violations refused, ${fine.length - wronged.length} fine files let through`,
  );
  return missed.length + wronged.length + unplanted.length > 0 ? 1 : 0;
}

/** Names of the rules that are on. The configuration is JSON with comments on lines of their own. */
function rulesInConfig() {
  const text = readFileSync(join(root, config), 'utf8');
  const { rules, overrides } = JSON.parse(text.replace(/^\s*\/\/.*$/gmu, '').replace(/,(?=\s*[}\]])/gu, ''));
  const all = [rules, ...overrides.map((override) => override.rules)].flatMap((one) => Object.entries(one));
  return [...new Set(all.filter(([, setting]) => setting !== 'off').map(([name]) => name))];
}
