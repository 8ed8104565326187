/**
 * `npm run tor:update -- VERSION [--key FILE] [--tor VERSION] [--allow-older]`: pins another Tor Expert Bundle.
 *
 * Fetches the list of sums that the Tor Project signs, checks the signature, and writes tor-bin/manifest.json. Nothing
 * is changed when anything is wrong. `--key` names a file with the signing key; without it the one in tor-bin is used,
 * then the one the Tor Project and keys.openpgp.org hand out, which has newer subkeys. In any case its primary key must
 * be the one that the manifest names.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DownloadError, download } from './download.mjs';
import { SetUpError, main, say } from './terminal.mjs';
import { archiveName, compareVersions, readManifest, torHome, writeManifest } from './tor-manifest.mjs';
import { KeyTooOldError, checkSignature, readPinnedKey } from './tor-signature.mjs';

const listName = 'sha256sums-signed-build.txt';
const keyName = 'tor-browser-developers.asc';
const mostBytes = { list: 512 * 1024, signature: 32 * 1024, key: 512 * 1024 };

/** Where the key is asked for: by Web Key Directory for torbrowser@torproject.org, and by fingerprint. */
function keyAddresses(fingerprint) {
  return [
    'https://openpgpkey.torproject.org/.well-known/openpgpkey/torproject.org/hu/kounek7zrdx745qydx6p59t9mqjpuhdf?l=torbrowser',
    `https://keys.openpgp.org/vks/v1/by-fingerprint/${fingerprint}`,
  ];
}

/**
 * @param {{version: string, keyFile?: string, tor?: string, allowOlder?: boolean, home?: string, sources?: string[],
 *   keyUrls?: string[], limits?: object, now?: Date}} options
 *   from `home` on they are for tests: tor-bin, the servers, their time limits, today
 * @returns {Promise<import('./tor-manifest.mjs').TorManifest>} the manifest as it was written
 * @throws {SetUpError} when the new version must not or cannot be used; nothing has changed then
 */
export async function updateTor(options) {
  const { version, home = torHome, now = new Date() } = options;
  const manifest = readManifest(home);
  checkVersion(version, { manifest, allowOlder: options.allowOlder });
  const { list, signature } = await fetchList(options.sources ?? manifest.sources, { version, limits: options.limits });
  const checked = await checkByAnyKey({ list, signature, manifest, home, now, options });
  const next = {
    ...manifest,
    bundle: version,
    tor: options.tor ?? (version === manifest.bundle ? manifest.tor : null),
    checked: { date: checked.date.toISOString(), subkey: checked.subkey },
    platforms: platformsIn(list.toString('utf8'), { version, platforms: manifest.platforms }),
  };
  writeManifest(next, home);
  writeFileSync(join(home, keyName), checked.key.toPublic().armor());
  return next;
}

function checkVersion(version, { manifest, allowOlder = false }) {
  if (!/^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/u.test(version ?? ''))
    throw new SetUpError('name a version such as 15.0.24. Versions for trying out, such as 16.0a13, are not carried.');
  if (!allowOlder && compareVersions(version, manifest.bundle) < 0)
    throw new SetUpError(
      `${version} is older than ${manifest.bundle}, which is pinned: it may have holes that are known. Add --allow-older if you mean it.`,
    );
}

async function fetchList(sources, { version, limits }) {
  let failure;
  for (const source of sources) {
    try {
      const get = (name, bytes) => download(`${source}/${version}/${name}`, { bytes, limits });
      const list = await get(listName, mostBytes.list);
      return { list, signature: await get(`${listName}.asc`, mostBytes.signature) };
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      failure ??= error;
      if (error.refused) break;
    }
  }
  throw new SetUpError(`${failure?.message ?? 'no server is named'}. Nothing was changed.`);
}

async function checkByAnyKey({ list, signature, manifest, home, now, options }) {
  let tooOld;
  for await (const content of keysToTry({ home, options, fingerprint: manifest.signingKey })) {
    const key = await readPinnedKey(content, manifest.signingKey);
    try {
      return { key, ...(await checkSignature({ content: list, signature, key, now })) };
    } catch (error) {
      if (!(error instanceof KeyTooOldError)) throw error;
      tooOld = error;
    }
  }
  throw tooOld ?? new SetUpError('the signing key cannot be had here: name a file that holds it with --key');
}

async function* keysToTry({ home, options, fingerprint }) {
  if (options.keyFile !== undefined) {
    if (!existsSync(options.keyFile)) throw new SetUpError('--key names a file that is not there');
    yield readFileSync(options.keyFile);
    return;
  }
  const own = join(home, keyName);
  if (existsSync(own)) yield readFileSync(own);
  for (const url of options.keyUrls ?? keyAddresses(fingerprint)) {
    const key = await download(url, { bytes: mostBytes.key, limits: options.limits }).catch((error) => {
      if (error instanceof DownloadError) return undefined;
      throw error;
    });
    if (key !== undefined) yield key;
  }
}

/** A platform that had a bundle and has none now is no update but a gap that somebody must decide about. */
function platformsIn(list, { version, platforms }) {
  const sums = sumsIn(list);
  return Object.fromEntries(
    Object.entries(platforms).map(([platform, { name, sha256 }]) => {
      const sum = sums.get(archiveName(name, version)) ?? null;
      if (sum === null && sha256 !== null)
        throw new SetUpError(`the list of ${version} names no bundle for ${platform}. Nothing was changed.`);
      return [platform, { name, sha256: sum }];
    }),
  );
}

function sumsIn(list) {
  const sums = new Map();
  for (const line of list.split('\n')) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *](\S+)$/u.exec(line.trimEnd()) ?? [];
    if (name === undefined) continue;
    if (sums.has(name)) throw new SetUpError(`the list names ${name} twice. Nothing was changed.`);
    sums.set(name, sum);
  }
  return sums;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async (args) => {
    const { values, positionals } = readArguments(args);
    const { bundle, checked } = await updateTor({
      version: positionals[0],
      keyFile: values.key,
      tor: values.tor,
      allowOlder: values['allow-older'],
    });
    say(`tor-bin/manifest.json pins the Tor Expert Bundle ${bundle} now`);
    say(`its list of sums was signed on ${checked.date.slice(0, 10)} by ${checked.subkey}, a subkey of the pinned key`);
    say('next: node scripts/tor-runtime.mjs fetches it and says which tor is in it; then commit tor-bin/');
  });
}

function readArguments(args) {
  const options = { key: { type: 'string' }, tor: { type: 'string' }, 'allow-older': { type: 'boolean' } };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new SetUpError(error.message);
  }
}
