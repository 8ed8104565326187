import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFileServer } from './testing/file-server.mjs';
import { makeArchive } from './testing/make-archive.mjs';
import { fetchBundle, isOutdated, readStamp } from './tor-fetch.mjs';

const path = '/1.2.3/tor-expert-bundle-linux-x86_64-1.2.3.tar.gz';
const good = makeArchive([
  { name: 'tor/', kind: '5' },
  { name: './tor/tor', content: '#!/bin/sh\n', mode: 0o755 },
  { name: 'tor/libevent-2.1.so.7', content: 'library' },
  { name: 'tor/pluggable_transports/lyrebird', content: '#!/bin/sh\n', mode: 0o644 },
  { name: 'tor/pluggable_transports/pt_config.json', content: '{}' },
  { name: 'docs/tor/LICENSE', content: 'licence' },
  { name: 'data/geoip', content: 'countries' },
  { name: 'debug/tor', content: 'symbols' },
  { name: 'tor/link', kind: '2', link: '/etc/passwd' },
]);

let home;
let server;
let second;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'posthorn fetch-'));
  server = await startFileServer();
  second = await startFileServer();
});
afterEach(async () => {
  await Promise.all([server.stop(), second.stop()]);
  rmSync(home, { recursive: true, force: true });
});

function fetchPinned(archive, { sources = [server.url, second.url], limits } = {}) {
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const manifest = { bundle: '1.2.3', sources, platforms: { 'linux-x64': { name: 'linux-x86_64', sha256 } } };
  return fetchBundle({ manifest, platform: 'linux-x64', home, limits });
}

const placed = (...names) => join(home, 'linux-x64', ...names);

test('what was pinned is placed: programs, libraries, transports and licences, and nothing else', async () => {
  server.answers.set(path, good);
  expect(await fetchPinned(good)).toEqual({ outcome: 'fetched' });
  expect(readdirSync(placed(), { recursive: true }).sort()).toEqual([
    'bundle.json',
    'docs',
    'docs/tor',
    'docs/tor/LICENSE',
    'libevent-2.1.so.7',
    'pluggable_transports',
    'pluggable_transports/lyrebird',
    'pluggable_transports/pt_config.json',
    'tor',
  ]);
  expect(statSync(placed('tor')).mode & 0o777).toBe(0o755);
  expect(statSync(placed('pluggable_transports/lyrebird')).mode & 0o777).toBe(0o755);
  expect(statSync(placed('pluggable_transports/pt_config.json')).mode & 0o777).toBe(0o644);
  expect(readdirSync(home)).toEqual(['linux-x64']);
});

test('a change after the check is seen', async () => {
  server.answers.set(path, good);
  await fetchPinned(good);
  expect(readStamp(placed())).toMatchObject({ bundle: '1.2.3', intact: true });
  writeFileSync(placed('libevent-2.1.so.7'), 'another');
  expect(readStamp(placed())).toMatchObject({ bundle: '1.2.3', intact: false });
});

test('a bundle that was unpacked is outdated as soon as another one is pinned', async () => {
  server.answers.set(path, good);
  await fetchPinned(good);
  const pinned = (sha256) => ({ manifest: { platforms: { 'linux-x64': { sha256 } } }, platform: 'linux-x64' });
  const stamp = readStamp(placed());
  expect(isOutdated(stamp, pinned(createHash('sha256').update(good).digest('hex')))).toBe(false);
  expect(isOutdated(stamp, pinned('0'.repeat(64)))).toBe(true);
  // Where nothing is pinned, nothing newer can be had; a copy of a system's tor was never pinned.
  expect(isOutdated(stamp, pinned(null))).toBe(false);
  expect(isOutdated(undefined, pinned('0'.repeat(64)))).toBe(false);
});

test('a version that the first server has dropped comes from the second', async () => {
  second.answers.set(path, good);
  expect(await fetchPinned(good)).toEqual({ outcome: 'fetched' });
  expect(server.asked).toEqual([path]);
});

test('what was there goes as one with what comes', async () => {
  mkdirSync(placed(), { recursive: true });
  writeFileSync(placed('old'), '');
  server.answers.set(path, good);
  await fetchPinned(good);
  expect(existsSync(placed('old'))).toBe(false);
});

test('a platform without a sum is not asked for', async () => {
  const manifest = { bundle: '1.2.3', sources: [server.url], platforms: { 'linux-x64': { name: 'x', sha256: null } } };
  expect(await fetchBundle({ manifest, platform: 'linux-x64', home })).toEqual({ outcome: 'not-pinned' });
  expect(await fetchBundle({ manifest, platform: 'sunos-x64', home })).toEqual({ outcome: 'not-pinned' });
  expect(server.asked).toEqual([]);
});

test.each([
  [
    'stops before its end',
    (_request, response) => (
      response.writeHead(200, { 'content-length': good.length }),
      response.write(good.subarray(0, 300), () => response.destroy())
    ),
    /ended too early/,
  ],
  ['never answers', () => undefined, /did not answer/],
  ['falls silent', (_request, response) => response.write(good.subarray(0, 300)), /sent nothing for/],
  ['trickles', (_request, response) => setInterval(() => response.write('x'), 20).unref(), /did not end within/],
])('a server that %s is given up, and what was there stays', async (_name, answer, why) => {
  mkdirSync(placed(), { recursive: true });
  server.answers.set(path, answer);
  const limits = { connect: 200, stall: 200, total: 500 };
  expect(await fetchPinned(good, { limits })).toEqual({ outcome: 'unreachable', why: expect.stringMatching(why) });
  expect(readdirSync(home)).toEqual(['linux-x64']);
});

test('nobody at the address', async () => {
  await server.stop();
  const result = await fetchPinned(good);
  server = await startFileServer();
  expect(result).toEqual({ outcome: 'unreachable', why: expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/) });
  // Without a network the second server would only take time.
  expect(second.asked).toEqual([]);
});

const altered = Buffer.from(good);
altered[altered.length - 20] ^= 1;

test.each([
  ['an altered archive', altered, /not the file that tor-bin\/manifest\.json pins/],
  ['another file', 'hello', /not the file that tor-bin\/manifest\.json pins/],
  [
    'a redirect',
    (_request, response) => (response.writeHead(302, { location: 'http://127.0.0.1:9/' }), response.end()),
    /sends the download elsewhere/,
  ],
  [
    'a huge file that says so',
    (_request, response) => (response.writeHead(200, { 'content-length': 2 ** 40 }), response.write('x')),
    /larger than 1 MB/,
  ],
  ['a huge file that does not', pour, /larger than 1 MB/],
])('%s is refused', async (_name, answer, why) => {
  server.answers.set(path, answer);
  await expect(fetchPinned(good, { limits: { bytes: 2 ** 20 } })).rejects.toThrow(why);
  expect(readdirSync(home)).toEqual([]);
  expect(second.asked).toEqual([]);
});

/** Sends without an end, as fast as it is read. */
function pour(_request, response) {
  const piece = Buffer.alloc(2 ** 20);
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}

test.each([
  ['a name that climbs', [{ name: 'tor/../../evil', content: 'x' }], /outside its folder/],
  ['a name from the root', [{ name: '/tor/tor', content: 'x' }], /outside its folder/],
  ['a Windows path', [{ name: 'C:/tor', content: 'x' }], /outside its folder/],
  ['a backslash', [{ name: 'tor\\..\\evil', content: 'x' }], /outside its folder/],
  ['a link in place of tor', [{ name: 'tor/tor', kind: '2', link: '/bin/sh' }], /holds no tor/],
  ['a hard link in place of tor', [{ name: 'tor/tor', kind: '1', link: 'data/geoip' }], /holds no tor/],
  [
    'a file twice',
    [
      { name: 'tor/tor', content: 'a' },
      { name: './tor/tor', content: 'b' },
    ],
    /holds tor twice/,
  ],
  ['no tor', [{ name: 'data/geoip', content: 'x' }], /holds no tor/],
  ['many files', Array.from({ length: 2001 }, (_, index) => ({ name: `data/${index}` })), /more than 2000 files/],
])('a pinned archive with %s is refused', async (_name, entries, why) => {
  const archive = makeArchive(entries);
  server.answers.set(path, archive);
  await expect(fetchPinned(archive)).rejects.toThrow(why);
  expect(readdirSync(home)).toEqual([]);
});

const damaged = gunzipSync(good);
damaged[600] ^= 1;

test.each([
  ['that is no archive', Buffer.from('not gzip')],
  ['that is cut off', good.subarray(0, good.length - 40)],
  ['that is cut off before it was packed', gzipSync(gunzipSync(good).subarray(0, 1200))],
  ['with a damaged header', gzipSync(damaged)],
])('a pinned file %s is refused', async (_name, archive) => {
  server.answers.set(path, archive);
  await expect(fetchPinned(archive)).rejects.toThrow(/cut off or damaged/);
  expect(readdirSync(home)).toEqual([]);
});
