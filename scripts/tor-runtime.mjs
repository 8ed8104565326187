/**
 * The single place that decides which tor runs:
 *
 *   1. the file in POSTHORN_TOR, if set;
 *   2. tor-bin/<platform>-<arch>/tor, the one that packages carry;
 *   3. the Tor Expert Bundle, in the version and with the sha256 that tor-bin/manifest.json pins, unpacked to 2;
 *   4. the system's tor, 0.4.8 or newer.
 *
 * Plain Node, no packages.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';

const program = process.platform === 'win32' ? 'tor.exe' : 'tor';
const oldest = '0.4.8';
const connectLimit = 6000;
/** Time without a byte before the download is given up. */
const stallLimit = 20_000;

/** The name of this machine's folder in tor-bin, as electron-builder's ${platform}-${arch} gives it. */
export const target = `${{ win32: 'win', darwin: 'mac' }[process.platform] ?? process.platform}-${process.arch}`;

/**
 * Finds or fetches tor and says in one line which one it is.
 * @param {{quiet?: boolean}} options
 * @returns {Promise<{executablePath: string, libraryDir: string | undefined, version: string, source: 'override' |
 *   'bundled' | 'system'}>}
 *   `libraryDir` is for LD_LIBRARY_PATH of the tor process alone
 * @throws {SetUpError} when none can be had; the message says what to do
 */
export async function resolveTor({ quiet = false } = {}) {
  const found = (await overridden()) ?? (await bundled()) ?? (await fetched()) ?? (await installed());
  if (found === undefined) throw new SetUpError(nothingFound());
  if (!quiet) say(`tor ${found.version} (${found.source}, ${found.executablePath})`);
  return found;
}

function nothingFound() {
  const install =
    { linux: 'On Debian: apt-get install tor.', darwin: 'With Homebrew: brew install tor.' }[process.platform] ?? '';
  return `no tor ${oldest} or newer was found. ${install} Or put a Tor Expert Bundle into tor-bin/${target}, or name a tor in POSTHORN_TOR.`;
}

async function overridden() {
  const path = process.env.POSTHORN_TOR;
  if (!path) return undefined;
  if (!existsSync(path)) throw new SetUpError(`POSTHORN_TOR names a file that is not there: ${path}`);
  // A tor with its libraries beside it, as in tor-bin, needs them; a system's tor does not mind.
  const libraryDir = readdirSync(dirname(path)).some((name) => name.startsWith('libevent')) ? dirname(path) : undefined;
  const version = await versionOf(path, libraryDir);
  if (version === undefined) throw new SetUpError(`POSTHORN_TOR names no tor that runs: ${path}`);
  return { executablePath: path, libraryDir, version, source: 'override' };
}

async function bundled() {
  const libraryDir = join(root, 'tor-bin', target);
  const executablePath = join(libraryDir, program);
  if (!existsSync(executablePath)) return undefined;
  const version = await versionOf(executablePath, libraryDir);
  if (version === undefined) {
    say(`tor-bin/${target}/${program} does not run on this machine; looking further`);
    return undefined;
  }
  return { executablePath, libraryDir, version, source: 'bundled' };
}

async function installed() {
  for (const folder of [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ]) {
    const executablePath = join(folder, program);
    if (folder === '' || !existsSync(executablePath)) continue;
    const version = await versionOf(executablePath, undefined);
    if (version !== undefined && isRecent(version))
      return { executablePath, libraryDir: undefined, version, source: 'system' };
    say(`${executablePath} is tor ${version ?? 'of an unknown version'}: too old, ${oldest} is needed`);
  }
  return undefined;
}

async function versionOf(path, libraryDir) {
  const env = libraryDir === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryDir };
  const { output } = await run(path, ['--version'], { env, capture: true }).catch(() => ({ output: '' }));
  return /Tor version (\d+\.\d+\.\d+\.\d+)/u.exec(output)?.[1];
}

function isRecent(version) {
  const [have, want] = [version, oldest].map((text) => text.split('.').map(Number));
  for (const [index, part] of want.entries()) if (have[index] !== part) return have[index] > part;
  return true;
}

/** Fetches the pinned Tor Expert Bundle. Without a pinned sha256 nothing is downloaded: it could not be checked. */
async function fetched() {
  const manifest = JSON.parse(readFileSync(join(root, 'tor-bin/manifest.json'), 'utf8'));
  const entry = manifest.platforms[target];
  if (entry === undefined || entry.sha256 === null) return undefined;
  const url = `${manifest.source}/${manifest.version}/tor-expert-bundle-${entry.name}-${manifest.version}.tar.gz`;
  const started = Date.now();
  const archive = await download(url);
  if (archive === undefined) return undefined;
  if (createHash('sha256').update(archive).digest('hex') !== entry.sha256) {
    throw new SetUpError(
      `${url} is not the file that tor-bin/manifest.json pins: its sha256 differs. It was not used.`,
    );
  }
  await unpack(archive);
  say(`fetched the Tor Expert Bundle ${manifest.version} in ${elapsed(started)}`);
  return bundled();
}

async function download(url) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), connectLimit);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const chunks = [];
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), stallLimit);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    say(
      `the Tor Expert Bundle cannot be downloaded here (${error.cause?.code ?? error.message}); looking for the system's tor`,
    );
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps what runs (tor, its libraries, the pluggable transports) and drops the geography and the debug symbols. */
async function unpack(archive) {
  const home = join(root, 'tor-bin');
  const scratch = mkdtempSync(join(home, 'fetching-'));
  try {
    writeFileSync(join(scratch, 'bundle.tar.gz'), archive);
    const { code, output } = await run('tar', ['-xzf', 'bundle.tar.gz', 'tor'], { cwd: scratch, capture: true });
    if (code !== 0) throw new SetUpError(`the Tor Expert Bundle could not be unpacked: ${output.trim()}`);
    rmSync(join(home, target), { recursive: true, force: true });
    renameSync(join(scratch, 'tor'), join(home, target));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What every Linux system has and must not be replaced. */
const ofTheSystem = /^(?:linux-vdso|ld-linux|libc\.so|libm\.so|libpthread|libdl|librt)/u;

/**
 * Copies the system's tor and the libraries it needs into tor-bin/, so that a package for tests can be made without a
 * download. Releases carry the Tor Expert Bundle: this copy needs a glibc as new as this machine's.
 * @returns {Promise<string>} the folder
 * @throws {SetUpError} on other systems than Linux, or without a tor
 */
export async function bundleSystemTor() {
  const folder = join(root, 'tor-bin', target);
  if (existsSync(join(folder, program))) return folder;
  const tor = process.platform === 'linux' ? await installed() : undefined;
  if (tor === undefined) throw new SetUpError(nothingFound());
  const { output } = await run('ldd', [tor.executablePath], { capture: true });
  const libraries = output
    .split('\n')
    .map((line) => /=> (\/\S+)/u.exec(line)?.[1])
    .filter((path) => path !== undefined && !ofTheSystem.test(basename(path)));
  mkdirSync(folder, { recursive: true });
  for (const path of libraries) copyFileSync(realpathSync(path), join(folder, basename(path)));
  copyFileSync(tor.executablePath, join(folder, program));
  copyLicences(tor.executablePath, folder);
  say(
    `tor ${tor.version} of this system copied to tor-bin/${target} with ${libraries.length} libraries (for test packages only)`,
  );
  return folder;
}

function copyLicences(executablePath, folder) {
  const notice = '/usr/share/doc/tor/copyright';
  if (dirname(executablePath).startsWith('/usr/') && existsSync(notice))
    copyFileSync(notice, join(folder, 'copyright'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async (args) => {
    const result = args.includes('--bundle') ? await bundleSystemTor() : (await resolveTor()).executablePath;
    process.stdout.write(`${result}\n`);
  });
}
