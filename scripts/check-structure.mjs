/**
 * `npm run structure [-- --self-test]`: refuses what .config/structure.mjs limits, and what no linter sees: comments
 * that turn a check off, enums, `export *`, test helpers beside sources. `--self-test` plants each of these in a copy.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { limits, standing } from '../.config/structure.mjs';
import { refusedStructure } from './structure-rules.mjs';
import { main, root, say } from './terminal.mjs';

const folders = ['shared', 'electron', 'renderer', 'e2e', 'bench', 'fuzz', 'scripts', '.config'];
const none = { folders: [], ports: [], helpersBesideSources: [] };
const words = (count) => Array.from({ length: count }, (_, index) => `word${index}`);
const members = (count) => words(count).map((word) => `  ${word}(): void;\n`);
const manyFiles = (folder, count, ending) => words(count).map((word) => [`${folder}/${word}${ending}`, '']);

/** Each must be refused: [what the report says, what is named, files]. */
const planted = [
  ['more than 120 columns', 'shared/code.ts', [['shared/code.ts', `export const sum = ${words(30).join(' + ')};\n`]]],
  ['more than 120 columns', 'shared/note.ts', [['shared/note.ts', `// ${words(30).join(' ')}\n`]]],
  ['more than 120 columns', 'shared/a.ts', [['shared/a.ts', `/**\n * ${'x'.repeat(118)}\n */\n`]]],
  ['26 source files', 'electron/core/store', manyFiles('electron/core/store', 26, '.ts')],
  ['26 source files', 'renderer/ui', manyFiles('renderer/ui', 26, '.tsx')],
  [
    '26 members',
    'electron/core/ports/large.ts Large',
    [['electron/core/ports/large.ts', `export type Large = {\n${members(26).join('')}};\n`]],
  ],
  [
    '26 members',
    'electron/core/ports/joined.ts Joined',
    [
      ['electron/core/ports/half.ts', `export interface Half {\n${members(13).join('')}}\n`],
      ['electron/core/ports/joined.ts', `export type Joined = Half & Readonly<{\n${members(13).join('')}}>;\n`],
    ],
  ],
  ['testing/', 'electron/core/pgp/test-keys.ts', [['electron/core/pgp/test-keys.ts', '']]],
  ['testing/', 'electron/supervise/test-planted.ts', [['electron/supervise/test-planted.ts', '']]],
  ['testing/', 'electron/core/pgp/pgp-contract.ts', [['electron/core/pgp/pgp-contract.ts', '']]],
  ...[
    '// eslint-disable-next-line no-console',
    '/* oxlint-disable */',
    '// oxlint-disable-line no-var',
    '/* eslint no-console: off */',
    '// @ts-expect-error: it knows better',
    '// @ts-ignore',
    '/* v8 ignore next */',
    '// prettier-ignore',
    '// oxfmt-ignore',
  ].map((comment) => ['turns a check off', 'renderer/off.tsx', [['renderer/off.tsx', `${comment}\nexport {};\n`]]]),
  ['turns a check off', 'scripts/off.mjs', [['scripts/off.mjs', '// eslint-disable-next-line\nexport {};\n']]],
  ['an enum', 'shared/enum.ts', [['shared/enum.ts', 'export enum Colour { Red }\n']]],
  ['an enum', 'shared/enum.ts', [['shared/enum.ts', 'declare const enum Colour { Red }\n']]],
  ['`export *`', 'shared/barrel.ts', [['shared/barrel.ts', "export * from './other';\n"]]],
  ['`export *`', 'shared/barrel.ts', [['shared/barrel.ts', "export * as other from './other';\n"]]],
];

/** And these must be let through. */
const fine = [
  ['shared/code.ts', `export const text = '${words(30).join(' ')}';\nexport const reg = /${words(30).join('|')}/u;\n`],
  ['shared/note.ts', `// https://example.invalid/${'x'.repeat(200)}\n// Never use eslint-disable; enum is a word.\n`],
  ['shared/template.ts', `export const text = \`${'x'.repeat(100)}\${String(1)} ${'x'.repeat(100)}\`;\n`],
  ['shared/tag.ts', "export const shown = '// eslint-disable-next-line';\nexport type { A } from './a';\n"],
  ...manyFiles('electron/core/store', 25, '.ts'),
  ...manyFiles('electron/core/store', 30, '.test.ts'),
  ...manyFiles('electron/core/store/testing', 30, '.ts'),
  ['electron/core/pgp/testing/test-keys.ts', ''],
  ['electron/headless/commands/profile/test-backup.ts', ''],
  ['shared/contract/core-contract.ts', ''],
  ['renderer/actions/profile/test-backup.ts', ''],
  ['electron/core/ports/fine.ts', `export type Fine = {\n${members(25).join('')}};\n`],
  ['electron/core/ports/either.ts', `export type Either = Fine | {\n${members(25).join('')}};\n`],
];

await main((args) => (args.includes('--self-test') ? selfTest() : check()));

function check() {
  const refused = refusedStructure(root, { folders, limits, standing });
  for (const line of refused) say(line);
  say(`${refused.length} offences against .config/structure.mjs`);
  return refused.length > 0 ? 1 : 0;
}

function selfTest() {
  const missed = planted.filter(
    ([why, name, files]) => !judge(files, none).some((line) => line.startsWith(`${name}:`) && line.includes(why)),
  );
  const wronged = judge(fine, none);
  const stale = judge(fine, { ...none, folders: ['electron/core/store'] });
  for (const [why, name] of missed) say(`not refused: ${name} (${why})`);
  for (const line of wronged) say(`refused although allowed: ${line}`);
  if (!stale.some((line) => line.includes('breaks no rule any more'))) say('not refused: an entry that is over');
  const failed = missed.length + wronged.length + (stale.length === 1 ? 0 : 1);
  if (failed === 0) say(`${planted.length + 1} planted offences refused, ${fine.length} fine files let through`);
  return failed > 0 ? 1 : 0;
}

/** What is refused in a copy that has only these files. */
function judge(files, known) {
  const copy = mkdtempSync(join(tmpdir(), 'posthorn-structure-'));
  try {
    for (const folder of folders) mkdirSync(join(copy, folder));
    for (const [file, text] of files) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), text);
    }
    return refusedStructure(copy, { folders, limits, standing: known });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
