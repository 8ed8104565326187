/** Brings the pinned Tor Expert Bundle into tor-bin/<platform>. Plain Node, no packages. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { download } from './download.mjs';
import { SetUpError, run } from './terminal.mjs';
import { readBundle } from './tor-archive.mjs';
import { archiveName } from './tor-manifest.mjs';

/** Twice the largest bundle of today (32 MB). */
const mostBytes = 64 * 2 ** 20;
/** Says in a bundle's folder which one it is, so that whoever starts it can tell. */
export const stampName = 'bundle.json';

/**
 * Fetches, checks and unpacks a platform's bundle; what was in its folder is replaced in one step, or left as it was.
 * @param {{manifest: import('./tor-manifest.mjs').TorManifest, platform: string, home: string, sources?: string[],
 *   limits?: {bytes?: number, connect?: number, stall?: number, total?: number}}} options
 *   `home`: tor-bin; `sources` and `limits` are the manifest's and the usual ones, but for a test
 * @returns {Promise<{outcome: 'not-pinned'} | {outcome: 'fetched'} | {outcome: 'unreachable', why: string}>}
 * @throws {SetUpError} when a server answered with something else than the pinned archive
 */
export async function fetchBundle({ manifest, platform, home, sources = manifest.sources, limits }) {
  const entry = manifest.platforms[platform];
  if (entry === undefined || entry.sha256 === null) return { outcome: 'not-pinned' };
  const file = archiveName(entry.name, manifest.bundle);
  const urls = sources.map((source) => `${source}/${manifest.bundle}/${file}`);
  const { archive, why } = await firstThatHasIt(urls, limits);
  if (archive === undefined) return { outcome: 'unreachable', why };
  const sha256 = digest(archive);
  if (sha256 !== entry.sha256)
    throw new SetUpError(
      `${file} is not the file that tor-bin/manifest.json pins: its sha256 is ${sha256}. Nothing of it was used.`,
    );
  await place({ files: readBundle(archive), bundle: manifest.bundle, sha256, home, platform });
  return { outcome: 'fetched' };
}

/**
 * The first server drops a version when the next one comes out; the second keeps all of them. A machine without a
 * network is told so by the first: asking the next would only take time.
 */
async function firstThatHasIt(urls, limits) {
  let why = 'no server is named';
  for (const url of urls) {
    try {
      return { archive: await download(url, { bytes: limits?.bytes ?? mostBytes, limits }) };
    } catch (error) {
      if (error.refused) throw new SetUpError(`${error.message}. Nothing of it was used.`);
      why = error.message;
      if (!/HTTP \d/u.test(why)) break;
    }
  }
  return { why };
}

async function place({ files, bundle, sha256, home, platform }) {
  const scratch = mkdtempSync(join(home, 'fetching-'));
  try {
    const folder = join(scratch, platform);
    for (const [path, { content, executable }] of files) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      chmodSync(target, executable || runs(path) ? 0o755 : 0o644);
    }
    await signForMac(folder, files);
    const sums = Object.fromEntries([...files.keys()].map((path) => [path, digest(readFileSync(join(folder, path)))]));
    writeFileSync(
      join(folder, stampName),
      `${JSON.stringify({ bundle, archive: sha256, files: sums }, undefined, 2)}\n`,
    );
    replaceFolder(folder, join(home, platform), join(scratch, 'former'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Programs by their place, in case an archive's modes were lost. */
function runs(path) {
  return path === 'tor' || (/^pluggable_transports\//u.test(path) && !/\.(?:json|md|txt)$/u.test(path));
}

/** Apple silicon starts only what is signed, be it by nobody in particular; bundles come unsigned. */
async function signForMac(folder, files) {
  if (process.platform !== 'darwin') return;
  const programs = [...files.keys()].filter((path) => runs(path) || path.endsWith('.dylib'));
  const { code, output } = await run('codesign', ['--force', '--sign', '-', ...programs], {
    cwd: folder,
    capture: true,
  });
  if (code !== 0) throw new SetUpError(`the Tor Expert Bundle could not be signed for this Mac: ${output.trim()}`);
}

function replaceFolder(from, to, former) {
  if (existsSync(to)) renameSync(to, former);
  renameSync(from, to);
}

/**
 * What the folder of a bundle says of itself.
 * @returns {{bundle: string, archive: string, intact: boolean} | undefined} undefined where no bundle was unpacked;
 *   `archive`: the sha256 of what it was unpacked from; `intact`: every file is still the one that was unpacked
 */
export function readStamp(folder) {
  const path = join(folder, stampName);
  if (!existsSync(path)) return undefined;
  const { bundle, archive, files } = JSON.parse(readFileSync(path, 'utf8'));
  const intact = Object.entries(files).every(
    ([name, sha256]) => existsSync(join(folder, name)) && digest(readFileSync(join(folder, name))) === sha256,
  );
  return { bundle, archive, intact };
}

/**
 * Whether a bundle that was unpacked is not the one that the manifest pins now, as after another was pinned.
 * @param {{archive: string} | undefined} stamp
 */
export function isOutdated(stamp, { manifest, platform }) {
  const pinned = manifest.platforms[platform]?.sha256 ?? null;
  return stamp !== undefined && pinned !== null && stamp.archive !== pinned;
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex');
}
