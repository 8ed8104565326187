/**
 * The single place that decides which tor runs:
 *
 *   1. the file in POSTHORN_TOR, if set;
 *   2. tor-bin/<platform>-<arch>/tor, the one that packages carry, unless the manifest pins another bundle by now;
 *   3. the Tor Expert Bundle, in the version and with the sha256 that tor-bin/manifest.json pins, unpacked to 2;
 *   4. a bundle in 2 that was pinned before, where the one of now cannot be fetched; never for a release;
 *   5. the system's tor, 0.4.8 or newer.
 *
 * Plain Node, no packages.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetUpError, elapsed, main, run, say } from './terminal.mjs';
import { fetchBundle, isOutdated, readStamp } from './tor-fetch.mjs';
import { readManifest, torHome } from './tor-manifest.mjs';

const program = process.platform === 'win32' ? 'tor.exe' : 'tor';
const oldest = '0.4.8';

/** The name of this machine's folder in tor-bin, as electron-builder's ${platform}-${arch} gives it. */
export const target = `${{ win32: 'win', darwin: 'mac' }[process.platform] ?? process.platform}-${process.arch}`;

/**
 * Finds or fetches tor and says in one line which one it is.
 * @param {{quiet?: boolean, forRelease?: boolean}} options `forRelease`: a bundle that is pinned no longer is none
 * @returns {Promise<{executablePath: string, libraryDir: string | undefined, version: string, source: 'override' |
 *   'bundled' | 'system', bundle?: string}>}
 *   `libraryDir` is for LD_LIBRARY_PATH of the tor process alone; `bundle` is the version of the Tor Expert Bundle
 * @throws {SetUpError} when none can be had; the message says what to do
 */
export async function resolveTor({ quiet = false, forRelease = false } = {}) {
  const found = (await overridden()) ?? (await bundled()) ?? (await fetched()) ?? (await secondBest(forRelease));
  if (found === undefined) throw new SetUpError(nothingFound());
  if (!quiet) say(torWords(found));
  return found;
}

/** A bundle that was pinned before was checked, too; the system's tor was not. */
async function secondBest(forRelease) {
  return (forRelease ? undefined : await bundled({ outdated: true })) ?? installed();
}

/** Which tor it is and how it was checked, in one line without a path: paths hold names of people. */
function torWords({ version, source, bundle }) {
  if (bundle !== undefined) return `tor ${version} of the Tor Expert Bundle ${bundle}, checked by sha256`;
  if (source === 'bundled') return `a copy of the system's tor ${version}, not checked by Posthorn`;
  return source === 'system'
    ? `the system's tor ${version}, not checked by Posthorn`
    : `the tor ${version} that POSTHORN_TOR names, not checked by Posthorn`;
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

async function bundled({ outdated = false } = {}) {
  const libraryDir = join(torHome, target);
  const executablePath = join(libraryDir, program);
  if (!existsSync(executablePath)) return undefined;
  const stamp = readStamp(libraryDir);
  if (isOutdated(stamp, { manifest: readManifest(), platform: target }) !== outdated) return undefined;
  if (stamp?.intact === false) {
    say(`the Tor Expert Bundle in tor-bin/${target} has changed since it was checked, so it is not used`);
    return undefined;
  }
  const version = await versionOf(executablePath, libraryDir);
  if (version === undefined) {
    say(`tor-bin/${target}/${program} does not run on this machine; looking further`);
    return undefined;
  }
  return { executablePath, libraryDir, version, source: 'bundled', bundle: stamp?.bundle };
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

/** A machine that cannot reach torproject.org goes on with the system's tor, and says so. */
async function fetched() {
  const started = Date.now();
  const manifest = readManifest();
  const { outcome, why } = await fetchBundle({ manifest, platform: target, home: torHome });
  if (outcome === 'unreachable') say(`no Tor Expert Bundle ${manifest.bundle}: ${why}; looking further`);
  if (outcome !== 'fetched') return undefined;
  say(`fetched the Tor Expert Bundle ${manifest.bundle} in ${elapsed(started)}`);
  return bundled();
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
  const folder = join(torHome, target);
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
