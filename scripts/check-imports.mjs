/**
 * `npm run imports [-- --self-test]`: checks who imports whom (.config/dependency-cruiser.cjs). With `--self-test` it
 * plants one forbidden import after the other in a copy of the folders and fails when one of them is not refused.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main, root, run, say } from './terminal.mjs';

const config = '.config/dependency-cruiser.cjs';
const folders = ['shared', 'electron', 'renderer', 'e2e', 'bench'];

/** Each of these must be refused: [file, what it says, why]. */
const planted = [
  ['electron/core/mail/planted.ts', "import 'electron';", 'core never imports electron'],
  ['electron/core/start-core.ts', "import 'electron';", 'nor does its wiring'],
  ['electron/core/mail/planted.ts', "import '../store/target';", 'a use case knows the store as a port'],
  ['electron/core/mail/planted.ts', "import 'node:fs';", 'a use case does no I/O'],
  ['electron/core/domain/planted.ts', "import 'node:crypto';", 'the domain decides, it does not do'],
  ['electron/core/domain/planted.ts', "import '../mail/target';", 'the domain knows nobody'],
  ['electron/core/store/planted.ts', "import '../pgp/target';", 'one adapter does not know another'],
  ['electron/core/store/planted.ts', "import 'openpgp';", 'only pgp imports openpgp'],
  ['electron/core/pgp/planted.ts', "import '@signalapp/sqlcipher';", 'only the store imports the database'],
  ['electron/core/rpc/planted.ts', "import '../store/target';", 'the door does not reach past the use cases'],
  ['electron/core/smtp/planted.ts', "import '../testing/target';", 'testing is for tests'],
  ['electron/main/planted.ts', "import '../core/target';", 'main knows only the path of the core'],
  ['electron/headless/planted.ts', "import 'electron';", 'headless is plain Node'],
  ['electron/headless/planted.ts', "import '../core/store/target';", 'headless starts the core as a whole'],
  ['electron/supervise/planted.ts', "import 'electron';", 'the supervisor is plain Node'],
  ['renderer/features/a/planted.ts', "import '../b/target';", 'one feature does not know another'],
  ['renderer/ui/planted.ts', "import '../features/b/target';", 'primitives know nothing of mail'],
  ['renderer/state/planted.ts', "import 'node:path';", 'the window has no Node'],
  ['renderer/state/planted.ts', "import 'electron';", 'nor Electron'],
  ['renderer/state/planted.ts', "import '../../electron/core/target';", 'nor the core'],
  ['shared/planted.ts', "import 'node:crypto';", 'shared is zod and itself'],
  ['shared/planted.ts', "import '../electron/core/target';", 'shared knows nobody'],
  ['e2e/planted.ts', "import '../electron/core/target';", 'e2e tests the built program'],
];
/** And this must be let through, or the check refuses everything. */
const allowed = [
  ['electron/core/store/planted.ts', "import '../domain/target';"],
  ['electron/core/mail/planted.ts', "import '../domain/target';"],
  ['electron/core/pgp/planted.ts', "import 'openpgp';"],
];
const targets = ['store', 'pgp', 'mail', 'domain', 'testing', '.'].map((name) => `electron/core/${name}/target.ts`);

await main(async (args) => (args.includes('--self-test') ? selfTest() : cruise(root, false)));

async function cruise(cwd, capture) {
  const present = folders.filter((folder) => existsSync(join(cwd, folder)));
  const { code, output } = await run(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      config,
      '--output-type',
      'err',
      ...present,
    ],
    { cwd, capture },
  );
  return capture ? { code, output } : code;
}

/** Every planted import in files of its own, all in one run: each file must be named in the report. */
async function selfTest() {
  const copy = mkdtempSync(join(tmpdir(), 'posthorn-imports-'));
  try {
    layOut(copy);
    const files = planted.map(([path, line], index) => plant(copy, path, line, index));
    const fine = allowed.map(([path, line], index) => plant(copy, path, line, index + planted.length));
    const { output } = await cruise(copy, true);
    const missed = planted.filter((_entry, index) => !reports(output, files[index]));
    const wronged = allowed.filter((_entry, index) => reports(output, fine[index]));
    for (const [path, line, why] of missed) say(`not refused: ${line} in ${dirname(path)} (${why})`);
    for (const [path, line] of wronged) say(`refused although allowed: ${line} in ${dirname(path)}`);
    if (missed.length + wronged.length > 0) process.stderr.write(output);
    else say(`${planted.length} forbidden imports refused, ${allowed.length} allowed ones let through`);
    return missed.length + wronged.length > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function reports(output, file) {
  return output.split('\n').some((line) => line.includes(`${file} →`));
}

function layOut(copy) {
  cpSync(join(root, '.config'), join(copy, '.config'), { recursive: true });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const target of [...targets, 'renderer/features/b/target.ts']) write(copy, target, 'export const target = 1;\n');
}

/**
 * The file that is named in a rule keeps its name; the others get a number so that they do not overwrite each other.
 */
function plant(copy, path, line, index) {
  const file = path.endsWith('start-core.ts') ? path : path.replace('planted.ts', `planted-${index}.ts`);
  write(copy, file, `${line}\nexport const planted = ${index};\n`);
  return file;
}

function write(copy, file, text) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}
