/**
 * `npm run imports [-- --self-test]`: checks who imports whom (.config/import-rules.cjs). With `--self-test` it plants
 * forbidden imports in a copy of the folders and fails when one of them is not refused.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import rules from '../.config/import-rules.cjs';
import { readImportGraph } from './import-graph.mjs';
import { refusedImports } from './import-rules.mjs';
import { main, root, say } from './terminal.mjs';

const folders = ['shared', 'electron', 'renderer', 'e2e', 'bench', 'fuzz'];

/** Each of these must be refused: [file, what it says, why]. */
const planted = [
  ['electron/core/mail/trust/planted.ts', "import 'electron';", 'core never imports electron'],
  ['electron/core/start-core.ts', "import 'electron';", 'nor does its wiring'],
  ['electron/core/mail/trust/planted.ts', "import '../../store/target';", 'a use case knows the store as a port'],
  ['electron/core/mail/trust/planted.ts', "import 'node:fs';", 'a use case does no I/O'],
  ['electron/core/domain/planted.ts', "import 'node:crypto';", 'the domain decides, it does not do'],
  ['electron/core/domain/planted.ts', "import '../mail/target';", 'the domain knows nobody'],
  ['electron/core/store/planted.ts', "import '../pgp/target';", 'one adapter does not know another'],
  ['electron/core/store/planted.ts', "import 'openpgp';", 'only pgp imports openpgp'],
  ['electron/core/pgp/planted.ts', "import '@signalapp/sqlcipher';", 'only the store imports the database'],
  ['electron/core/worker/planted.ts', "import '../pgp/target';", 'threads know nothing of what is done in them'],
  ['electron/core/store/planted.ts', "import '../worker/target';", 'only two adapters use the lanes of workers'],
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
  ['electron/core/store/planted.ts', "export * from '../pgp/target';", 'to pass on is to import'],
  ['electron/core/store/planted.ts', "export type { T } from '../pgp/target';", 'a type is knowledge'],
  ['electron/core/store/planted.ts', "export type T = import('../pgp/target').T;", 'also within a type'],
  ['electron/core/store/planted.ts', "await import('../pgp/target');", 'also later'],
  ['electron/core/ports/planted.ts', "import { Socket } from 'node:net';", 'a port names types and runs nothing'],
  ['electron/core/store/planted.ts', "import './nowhere';", 'nothing is there'],
  ['electron/core/store/planted.ts', "import 'left-pad';", 'nor a library of this name'],
  ['electron/core/smtp/planted.ts', "import '../store/testing/target';", 'testing of any room is for tests'],
  ['electron/core/mail/trust/planted.ts', "import '../keys/target';", 'a floor does not know the next'],
  ['electron/core/mail/search/planted.ts', "import '../trust/target';", 'nor does the lowest know the second'],
  ['electron/core/mail/keys/planted.ts', "import '../profile/target';", 'nor the highest'],
  ['electron/core/mail/trust/planted.ts', "import '../presence/target';", 'nor its neighbour'],
  ['electron/core/mail/mailboxes/planted.ts', "import '../trust/target';", 'mailboxes are on the lowest floor'],
  ['electron/core/mail/mailbox.ts', "import './trust/target';", 'mailbox is below all rooms'],
  ['electron/core/mail/planted.ts', "import '../domain/target';", 'each use case has a room'],
  ['electron/core/mail/nowhere/planted.ts', "import '../../domain/target';", 'each room has a floor'],
  ['electron/core/domain/ring/a.ts', "import './b';", 'a circle of files'],
  ['electron/core/domain/ring/b.ts', "import './a';", 'a circle of files'],
  ['electron/core/domain/east/start.ts', "import '../west/end';", 'a circle of folders, though not of files'],
  ['electron/core/domain/west/start.ts', "import '../east/end';", 'a circle of folders, though not of files'],
];
/** And this must be let through, or the check refuses everything. */
const allowed = [
  ['electron/core/store/planted.ts', "import '../domain/target';"],
  ['electron/core/mail/trust/planted.ts', "import '../../domain/target';"],
  ['electron/core/pgp/planted.ts', "import 'openpgp';"],
  ['electron/core/ports/planted.ts', "import type { Socket } from 'node:net';"],
  ['electron/core/ports/planted.ts', "import { type Socket } from 'node:net';"],
  ['electron/core/mail/keys/planted.ts', "import '../trust/target';"],
  ['electron/core/store/planted.test.ts', "import './testing/target';"],
  ['renderer/ui/planted.tsx', "import './target.css';"],
];
const targets = [
  ...['store', 'pgp', 'mail', 'domain', 'worker', 'testing', 'store/testing', '.'].map(
    (name) => `electron/core/${name}/target.ts`,
  ),
  ...['trust', 'presence', 'keys', 'profile'].map((name) => `electron/core/mail/${name}/target.ts`),
  ...['east', 'west'].map((name) => `electron/core/domain/${name}/end.ts`),
  'renderer/features/b/target.ts',
  'renderer/ui/target.css',
];

await main((args) => (args.includes('--self-test') ? selfTest() : check()));

function check() {
  const graph = readImportGraph(root, folders);
  const refused = refusedImports(graph, rules);
  for (const line of refused) say(line);
  const count = [...graph.values()].flat().length;
  say(`${count} imports of ${graph.size} files, ${refused.length} refused`);
  return refused.length > 0 || count === 0 ? 1 : 0;
}

/** Every planted import in a file of its own, all read at once: each file must be named among the refused. */
function selfTest() {
  const refused = judge(planted);
  const missed = planted.filter((entry, index) => !refused.some((line) => refuses(line, { entry, index })));
  const refusedFine = judge(allowed);
  const wronged = allowed.filter((entry, index) => reports(refusedFine, fileOf(entry, index)));
  for (const [path, line, why] of missed) say(`not refused: ${line} in ${dirname(path)} (${why})`);
  for (const [path, line] of wronged) say(`refused although allowed: ${line} in ${dirname(path)}`);
  if (missed.length + wronged.length > 0) [...refused, ...refusedFine].forEach((line) => say(line));
  else say(`${planted.length} forbidden imports refused, ${allowed.length} allowed ones let through`);
  return missed.length + wronged.length + staleCircle() > 0 ? 1 : 0;
}

/** Planted imports make circles of folders by the way: those count only where a circle was planted. */
function refuses(line, { entry, index }) {
  return reports([line], fileOf(entry, index)) && (entry[2].includes('folders') || !line.includes('of the folders'));
}

/** What is refused in a copy with nothing but these imports and what they reach. */
function judge(entries, folderCircles = { ...rules.folderCircles, standing: [] }) {
  const copy = mkdtempSync(join(tmpdir(), 'posthorn-imports-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const target of targets) write(copy, target, 'export const target = 1;\n');
    for (const [index, entry] of entries.entries())
      write(copy, fileOf(entry, index), `${entry[1]}\nexport const planted = ${index};\n`);
    const present = folders.filter((folder) => existsSync(join(copy, folder)));
    return refusedImports(readImportGraph(copy, present), { ...rules, folderCircles });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A circle that is listed and does not stand must be told. */
function staleCircle() {
  const standing = [['electron/core/store', 'electron/core/pgp']];
  const refused = judge(allowed, { ...rules.folderCircles, standing });
  if (refused.some((line) => line.includes('no circle any more'))) return 0;
  say('not refused: a circle on the list of those that stand, which is none');
  return 1;
}

function reports(refused, file) {
  return refused.some((line) => line.startsWith(`${file} →`));
}

/** A file that is named in a rule keeps its name; the others get a number, so as not to overwrite each other. */
function fileOf([path], index) {
  return path.replace('planted.', `planted-${index}.`);
}

function write(copy, file, text) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}
