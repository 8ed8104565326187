/**
 * Makes a fresh clone ready for a command: Node, npm packages, Debian packages, Electron, tor, dist/. Does only what is
 * missing, so it takes a fraction of a second when nothing is. Plain Node, no packages, because it runs before `npm
 * ci`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveElectron } from './electron-runtime.mjs';
import { SetUpError, elapsed, isRoot, main, root, run, say } from './terminal.mjs';
import { resolveTor } from './tor-runtime.mjs';

const forWindow = ['libnss3', 'libgtk-3-0|libgtk-3-0t64', 'libasound2|libasound2t64', 'libgbm1'];

const forPackage = ['fakeroot', 'binutils'];

/** Postfix and Dovecot run for root only, so others do without those benchmarks. */
const forBench = isRoot ? ['postfix', 'dovecot-imapd', 'isync'] : [];

/** Debian packages by purpose; `a|b` is one package under the names it has in different releases. */
const debianPackages = {
  run: [...forWindow, 'tor'],
  window: forWindow,
  headless: ['tor'],
  demo: [...forWindow, 'tor', 'xvfb', 'gnupg'],
  test: [
    ...forWindow,
    'tor',
    'xvfb',
    'gnupg',
    'thunderbird',
    'mutt',
    'isync',
    'msmtp',
    'chromium',
    'sq',
    'rnp',
    'swaks',
    'strace',
    'tshark',
    'qrencode',
    'zbar-tools',
    'ghostscript',
    'dbus-daemon',
    'iproute2',
    'procps',
    'python3',
    'fetchmail',
    'curl',
    'age',
    'obfs4proxy',
    ...forPackage,
    ...forBench,
  ],
  bench: [...forWindow, 'tor', 'xvfb', 'gnupg', ...forBench],
  dist: [...forWindow, 'tor', 'xvfb', ...forPackage],
  fuzz: [],
};

/** @typedef {'run' | 'window' | 'headless' | 'demo' | 'test' | 'bench' | 'dist' | 'fuzz'} Purpose */

/**
 * @param {Purpose} purpose
 * @param {{build?: boolean, electron?: boolean}} options leave a step out that the command does itself, or does without
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for the command's programs: POSTHORN_TOR is tor's path
 *   unless it is in tor-bin, and `none` for `window` and `fuzz`, POSTHORN_ELECTRON Electron's
 * @throws {SetUpError} when something is missing that cannot be had; the message says what to do
 */
export async function setUp(purpose, { build = true, electron = !['headless', 'fuzz'].includes(purpose) } = {}) {
  checkNode();
  await installDebianPackages(debianPackages[purpose]);
  await installNpmPackages();
  const env = { ...process.env };
  if (purpose === 'window' || purpose === 'fuzz') env.POSTHORN_TOR = 'none';
  else await nameTor(env, purpose);
  if (electron) {
    const runtime = await resolveElectron();
    env.POSTHORN_ELECTRON = runtime.executablePath;
    env.ELECTRON_OVERRIDE_DIST_PATH = runtime.distDir;
    if (isRoot) say("running as root: Chromium's sandbox is off (--no-sandbox), as it cannot work for this account");
  }
  if (build) await (await import('./build.mjs')).build();
  return env;
}

/** The program finds the one in tor-bin by itself, with its libraries, and says by itself which tor it runs. */
async function nameTor(env, purpose) {
  // Asked for by whoever needs no network: the program understands it by itself.
  if (env.POSTHORN_TOR === 'none' && (purpose === 'run' || purpose === 'headless')) return;
  const tor = await resolveTor({ quiet: purpose === 'run' || purpose === 'headless' });
  if (tor.source !== 'bundled') env.POSTHORN_TOR = tor.executablePath;
}

function checkNode() {
  const wanted = 20;
  if (Number(process.versions.node.split('.')[0]) >= wanted) return;
  throw new SetUpError(`Node ${wanted} or newer is needed; this is ${process.versions.node}. See https://nodejs.org/`);
}

async function installNpmPackages() {
  if (npmPackagesMatch()) return;
  const started = Date.now();
  say('installing the npm packages …');
  const note = setInterval(() => say(`installing the npm packages … ${elapsed(started)}`), 10_000);
  try {
    const { code } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']);
    if (code !== 0) throw new SetUpError('npm could not install the packages; its message is above.');
  } finally {
    clearInterval(note);
  }
  say(`npm packages installed in ${elapsed(started)}`);
}

/** Whether node_modules holds what the lock file names. Optional packages are for other systems and may be missing. */
function npmPackagesMatch() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || ((entry.optional || entry.devOptional || entry.peer) && installed[path] === undefined))
      return true;
    return installed[path]?.version === entry.version;
  });
}

/**
 * Installs the missing ones as root; otherwise prints the one command that does. Other systems look after themselves.
 */
async function installDebianPackages(wanted) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return;
  if (!isRoot) {
    const command = `sudo apt-get install --no-install-recommends ${(await nameForThisRelease(missing)).join(' ')}`;
    throw new SetUpError(`these Debian packages are missing. Install them, then run this again:\n    ${command}`);
  }
  const started = Date.now();
  await apt(['update']);
  const names = await nameForThisRelease(missing);
  say(`installing Debian packages: ${names.join(' ')} …`);
  const bringsDovecot = names.includes('dovecot-imapd') && (await missingPackages(['dovecot-core'])).length > 0;
  if (names.includes('postfix')) await leavePostfixAlone();
  await apt(['install', '--yes', '--no-install-recommends', ...names]);
  if (bringsDovecot) await endDovecot();
  say(`Debian packages installed in ${elapsed(started)}`);
}

/** The benchmark runs a Postfix of its own: the package must not set up and start one that serves this machine. */
async function leavePostfixAlone() {
  const answer = 'postfix postfix/main_mailer_type select No configuration';
  await run('sh', ['-c', `echo '${answer}' | debconf-set-selections`], { capture: true });
}

/** The same of Dovecot, which its package starts: whoever installed nothing but this serves nobody by it. */
async function endDovecot() {
  await run('sh', ['-c', 'invoke-rc.d dovecot stop; update-rc.d dovecot disable'], { capture: true });
}

async function missingPackages(wanted) {
  const names = wanted.flatMap((entry) => entry.split('|'));
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
    capture: true,
  });
  const present = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((entry) => !entry.split('|').some((name) => present.has(name)));
}

async function nameForThisRelease(entries) {
  const chosen = [];
  for (const entry of entries) chosen.push(await firstKnown(entry.split('|')));
  return chosen;
}

async function firstKnown(names) {
  if (names.length === 1) return names[0];
  for (const name of names) {
    const { code } = await run('apt-cache', ['show', '--no-all-versions', name], { capture: true });
    if (code === 0) return name;
  }
  return names[0];
}

async function apt(args) {
  const started = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const note = setInterval(() => say(`apt-get ${args[0]} … ${elapsed(started)}`), 10_000);
  try {
    const { code, output } = await run('apt-get', ['-q', '-o', 'Dpkg::Use-Pty=0', ...args], { env, capture: true });
    if (code !== 0)
      throw new SetUpError(`apt-get ${args[0]} failed:\n${output.trim().split('\n').slice(-8).join('\n')}`);
  } finally {
    clearInterval(note);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async ([purpose]) => {
    await setUp(purpose ?? 'run');
  });
}
