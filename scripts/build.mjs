#!/usr/bin/env node
/**
 * Bundles every program of the project into dist/ with esbuild.
 *
 *   node scripts/build.mjs [--production] [--force] [--only main,renderer,core,preload,headless,e2e,bench]
 *
 * Skips itself when no input has changed since the last build, so that `npm start` stays quick.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetUpError, elapsed, main, root, say } from './terminal.mjs';

const dist = join(root, 'dist');
const stampFile = join(root, 'node_modules/.cache/build.json');

/** Every program: [output without extension, entry point]. */
const nodePrograms = [
  ['main/entry-main', 'electron/main/entry-main.ts'],
  ['preload/entry-preload', 'electron/preload/entry-preload.ts'],
  ['core/entry-utility', 'electron/core/entry-utility.ts'],
  ['core/pgp-worker', 'electron/core/pgp/worker/pgp-worker.ts'],
  ['core/mime-worker', 'electron/core/mime/worker/mime-worker.ts'],
  ['core/backup-worker', 'electron/core/store/backup/backup-worker.ts'],
  ['headless/entry-headless', 'electron/headless/entry-headless.ts'],
  ['headless/pulse-thread', 'electron/headless/pulse-thread.ts'],
  ['headless/posthorn', 'electron/headless/posthorn.ts'],
];
/** Programs that only a clone has; packages leave them out. */
const workshopPrograms = [
  ['e2e/demo', 'e2e/demo/demo.ts'],
  ['e2e/tornet', 'e2e/tornet/cli.ts'],
];
const rendererEntry = 'renderer/main.tsx';
const rendererPage = 'renderer/index.html';
/** Looks for QR codes off the window's own thread. */
const codeWorkerEntry = 'renderer/features/cards/codes/code-worker.ts';

/** The native database binding cannot be bundled; Playwright brings its own files and finds them beside itself. */
const external = ['electron', '@signalapp/sqlcipher', 'playwright', 'playwright-core', 'axe-core'];
/**
 * openpgp asks for `import.meta.url`, which CommonJS does not have; a sandboxed preload script has not even a file
 * name.
 */
const metaUrlBanner =
  "const __import_meta_url=typeof __filename==='string'?require('url').pathToFileURL(__filename).href:'';";

/**
 * Builds dist/.
 * @param {{production?: boolean, force?: boolean, only?: string[]}} options `production` minifies and leaves the
 *   workshop
 *   programs out; `only` builds these folders of dist/ and leaves the others as they are
 * @returns {Promise<boolean>} true when something was built, false when dist/ was already up to date
 */
export async function build({ production = false, force = false, only = [] } = {}) {
  const started = Date.now();
  if (only.length > 0) return buildParts(only, production);
  const programs = presentPrograms(production);
  if (!force && isUpToDate(programs, production)) return false;
  const inputs = await bundleInto(dist, programs, { production });
  writeStamp(
    inputs.filter((input) => existsSync(join(root, input))),
    programs,
    production,
  );
  say(`build: ${programs.length} programs and the window ${production ? '(production) ' : ''}in ${elapsed(started)}`);
  return true;
}

/**
 * Builds what a package holds into a folder of its own; dist/ stays as it is. Always from scratch: nobody can take a
 * program with test code in it for one without.
 * @param {string} folder absolute path, replaced
 * @param {{testNetwork?: boolean}} options `testNetwork`: this program may be led to a private Tor network; never for
 *   people
 */
export async function buildForPackage(folder, { testNetwork = false } = {}) {
  const started = Date.now();
  const programs = presentPrograms(true);
  await bundleInto(folder, programs, { production: true, testNetwork });
  say(
    `build: ${programs.length} programs and the window for a ${testNetwork ? 'test ' : ''}package in ${elapsed(started)}`,
  );
}

/** Bundles everything and, when all of it is without errors, puts it in the folder's place. Returns what was read. */
async function bundleInto(folder, programs, variant) {
  const { build: bundle } = await import('esbuild');
  const jobs = [bundle(nodeOptions(programs, variant, folder))];
  if (existsSync(join(root, rendererEntry))) jobs.push(bundle(rendererOptions(variant, folder)));
  const results = await Promise.all(jobs).catch(refuse);
  rmSync(folder, { recursive: true, force: true });
  writeFiles(results.flatMap((result) => result.outputFiles));
  copyPage(folder);
  markExecutable(folder);
  return results.flatMap((result) => Object.keys(result.metafile.inputs));
}

/** esbuild has already printed each error with its place. */
function refuse(error) {
  if (!Array.isArray(error?.errors)) throw error;
  throw new SetUpError(`the sources do not build: ${error.errors.length} errors, shown above`);
}

function presentPrograms(production) {
  const bench = existsSync(join(root, 'bench'))
    ? readdirSync(join(root, 'bench'))
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => [`bench/${name.slice(0, -3)}`, `bench/${name}`])
    : [];
  const wanted = production ? nodePrograms : [...nodePrograms, ...workshopPrograms, ...bench];
  return wanted.filter(([, entry]) => existsSync(join(root, entry)));
}

function commonOptions({ production, testNetwork = false }) {
  return {
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    minify: production,
    // Names of functions and classes are in error reports; they cost little.
    keepNames: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      __PRODUCTION__: String(production),
      __TEST_NETWORK__: String(testNetwork),
      // «development» makes OpenPGP.js print every fallback it takes.
      'process.env.NODE_ENV': JSON.stringify('production'),
    },
  };
}

function nodeOptions(programs, variant, folder = dist) {
  const common = commonOptions(variant);
  return {
    ...common,
    entryPoints: programs.map(([out, entry]) => ({ in: entry, out })),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    external,
    // The pictures for the desktop's panel.
    loader: { '.png': 'dataurl' },
    banner: { js: metaUrlBanner },
    define: { ...common.define, 'import.meta.url': '__import_meta_url' },
  };
}

function rendererOptions(variant, folder = dist) {
  return {
    ...commonOptions(variant),
    entryPoints: [
      { in: rendererEntry, out: 'app' },
      { in: codeWorkerEntry, out: 'code-worker' },
    ],
    outdir: join(folder, 'renderer'),
    platform: 'browser',
    format: 'esm',
    target: 'chrome130',
    jsx: 'automatic',
    assetNames: 'fonts/[name]',
    loader: { '.woff2': 'file', '.svg': 'dataurl', '.png': 'dataurl' },
  };
}

/**
 * What `npm run dev` builds again and again, as options for esbuild, by what must be started anew when it changes.
 * @returns {Record<'core' | 'main' | 'renderer' | 'sample', import('esbuild').BuildOptions>}
 */
export function developerBundles() {
  const variant = { production: false };
  const programsIn = (...folders) => nodePrograms.filter(([out]) => folders.includes(out.split('/')[0]));
  return {
    core: nodeOptions(programsIn('core'), variant),
    main: nodeOptions(programsIn('main', 'preload'), variant),
    renderer: rendererOptions(variant),
    sample: nodeOptions([['bench/sample', 'bench/sample.ts']], variant),
  };
}

/**
 * Bundles the targets of `npm run fuzz` into dist/fuzz, and the program that makes their seeds.
 * @param {string[]} targets their names
 */
export async function buildFuzz(targets) {
  const { build: bundle } = await import('esbuild');
  const programs = targets.map((name) => [`fuzz/${name}`, `fuzz/targets/${name}.ts`]);
  const options = nodeOptions([...programs, ['fuzz/make-seeds', 'fuzz/make-seeds.ts']], { production: false });
  const { outputFiles } = await bundle(options).catch(refuse);
  writeFiles(outputFiles);
}

/** The next whole build must not take dist/ for up to date: parts of it are written by somebody else now. */
export function forgetBuild() {
  rmSync(stampFile, { force: true });
}

/** Entry points that every whole build needs and that are not there. */
export function missingEntries() {
  const wanted = [...nodePrograms, ...workshopPrograms].map(([, entry]) => entry);
  return [...wanted, rendererEntry, rendererPage].filter((entry) => !existsSync(join(root, entry)));
}

async function buildParts(only, production) {
  const started = Date.now();
  const { build: bundle } = await import('esbuild');
  const programs = presentPrograms(production).filter(([out]) => only.includes(out.split('/')[0]));
  const jobs = programs.length > 0 ? [bundle(nodeOptions(programs, { production }))] : [];
  if (only.includes('renderer')) jobs.push(bundle(rendererOptions({ production })));
  const results = await Promise.all(jobs).catch(refuse);
  forgetBuild();
  writeFiles(results.flatMap((result) => result.outputFiles));
  copyPage();
  markExecutable();
  say(`build: ${only.join(', ')} in ${elapsed(started)}`);
  return true;
}

function writeFiles(files) {
  for (const file of files) {
    mkdirSync(dirname(file.path), { recursive: true });
    writeFileSync(file.path, file.contents);
  }
}

export function copyPage(folder = dist) {
  if (!existsSync(join(root, rendererPage))) return;
  mkdirSync(join(folder, 'renderer'), { recursive: true });
  cpSync(join(root, rendererPage), join(folder, 'renderer/index.html'));
}

/** The command-line program is started by its name, so it needs its `#!` line and its mode bits. */
function markExecutable(folder = dist) {
  const program = join(folder, 'headless/posthorn.cjs');
  if (!existsSync(program)) return;
  const text = readFileSync(program, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(program, `#!/usr/bin/env node\n${text}`);
  chmodSync(program, 0o755);
}

/** Name, size and time of every input in one hash: cheap, and editors change at least one of them. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of [...inputs].sort((one, other) => (one < other ? -1 : 1))) {
    const file = join(root, input);
    if (!existsSync(file)) return 'missing';
    const { size, mtimeMs } = statSync(file);
    hash.update(`${input}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const always = ['scripts/build.mjs', 'package-lock.json', rendererPage];

function writeStamp(inputs, programs, production) {
  const all = [...new Set([...inputs, ...always.filter((file) => existsSync(join(root, file)))])];
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const stamp = { production, programs: programs.map(([out]) => out), inputs: all, hash: fingerprint(all) };
  writeFileSync(stampFile, JSON.stringify(stamp));
}

function isUpToDate(programs, production) {
  if (!existsSync(stampFile)) return false;
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  const outputs = programs.map(([out]) => out);
  const hasWindow = stamp.inputs.includes(rendererEntry);
  return (
    stamp.production === production &&
    stamp.programs.join() === outputs.join() &&
    hasWindow === existsSync(join(root, rendererEntry)) &&
    (!hasWindow || existsSync(join(dist, 'renderer/app.js'))) &&
    outputs.every((out) => existsSync(join(dist, `${out}.cjs`))) &&
    stamp.hash === fingerprint(stamp.inputs)
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async (args) => {
    const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : [];
    const options = { production: args.includes('--production'), force: args.includes('--force'), only };
    if (!(await build(options))) say(`build: ${relative(process.cwd(), dist) || dist} is up to date`);
  });
}
