import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PacketList, enums, readKey, reformatKey, revokeKey } from 'openpgp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFileServer } from './testing/file-server.mjs';
import { day, listOf, made, newSigningKey, now, reread, signList, sums } from './testing/signed-list.mjs';
import { checkSignature } from './tor-signature.mjs';
import { updateTor } from './tor-update.mjs';

let tor;
let stranger;

beforeAll(async () => {
  tor = await newSigningKey('Tor Browser Developers');
  stranger = await newSigningKey('Somebody else');
});

let home;
let server;
let keyFile;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'posthorn update-'));
  server = await startFileServer();
  keyFile = join(home, 'key');
  writeFileSync(keyFile, tor.toPublic().armor());
  writeFileSync(
    join(home, 'manifest.json'),
    JSON.stringify({
      bundle: '15.0.20',
      tor: '0.4.9.11',
      sources: [server.url],
      signingKey: tor.getFingerprint().toUpperCase(),
      checked: null,
      platforms: {
        'linux-x64': { name: 'linux-x86_64', sha256: '1'.repeat(64) },
        'linux-arm64': { name: 'linux-aarch64', sha256: null },
        'mac-x64': { name: 'macos-x86_64', sha256: '2'.repeat(64) },
        'win-x64': { name: 'windows-x86_64', sha256: '3'.repeat(64) },
      },
    }),
  );
});
afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

const signed = (text, how) => signList(text, { key: tor, ...how });

function serve(version, { list, signature }) {
  server.answers.set(`/${version}/sha256sums-signed-build.txt`, list);
  server.answers.set(`/${version}/sha256sums-signed-build.txt.asc`, signature);
}

async function serveGood(version, how) {
  const list = listOf(version);
  serve(version, { list, signature: await signed(list, how) });
}

const manifest = () => JSON.parse(readFileSync(join(home, 'manifest.json'), 'utf8'));
const update = (more = {}) => updateTor({ version: '15.0.21', home, keyFile, keyUrls: [], now, ...more });

/** Nothing but the manifest and the key that was given is there, and the manifest says what it said. */
function expectUnchanged() {
  expect(readdirSync(home).sort()).toEqual(['key', 'manifest.json']);
  expect(manifest()).toMatchObject({ bundle: '15.0.20', tor: '0.4.9.11', checked: null });
}

async function expectRefusal(why, more) {
  await expect(update(more)).rejects.toThrow(why);
  expectUnchanged();
}

test('a list that the pinned key signed is pinned, with who signed it and when', async () => {
  await serveGood('15.0.21');
  await update({ tor: '0.4.9.12' });
  expect(manifest()).toMatchObject({
    bundle: '15.0.21',
    tor: '0.4.9.12',
    checked: { date: '2026-11-29T12:00:00.000Z', subkey: tor.subkeys[0].getFingerprint().toUpperCase() },
    platforms: {
      'linux-x64': { name: 'linux-x86_64', sha256: sums['linux-x86_64'] },
      'linux-arm64': { sha256: null },
      'mac-x64': { sha256: sums['macos-x86_64'] },
      'win-x64': { sha256: sums['windows-x86_64'] },
    },
  });
  const kept = await readKey({ armoredKey: readFileSync(join(home, 'tor-browser-developers.asc'), 'utf8') });
  expect(kept.isPrivate()).toBe(false);
  expect(kept.getFingerprint()).toBe(tor.getFingerprint());
});

test('a subkey that has expired since it signed counts; one that had expired before does not', async () => {
  await serveGood('15.0.21', { subkey: 1, date: new Date(made.getTime() + 50 * day) });
  await update();
  expect(manifest().checked.subkey).toBe(tor.subkeys[1].getFingerprint().toUpperCase());
});

test('an altered list', async () => {
  const list = listOf('15.0.21');
  serve('15.0.21', { list: list.replace('aaaa', 'aaab'), signature: await signed(list) });
  await expectRefusal(/does not belong to the list/);
});

test('an altered signature', async () => {
  const list = listOf('15.0.21');
  const bytes = Buffer.from((await signed(list)).replace(/-----[^-]+-----|^=.*$|\s/gmu, ''), 'base64');
  bytes[bytes.length - 5] ^= 1;
  serve('15.0.21', { list, signature: bytes });
  await expectRefusal(/does not belong to the list/);
});

test.each([
  ['no signature at all', undefined, /cannot be had \(HTTP 404\)/],
  ['a signature that is none', 'hello', /the signature of the list cannot be read/],
  ['an empty signature', '', /the signature of the list/],
])('%s', async (_name, signature, why) => {
  serve('15.0.21', { list: listOf('15.0.21'), signature });
  await expectRefusal(why);
});

test('a list for another version', async () => {
  const list = listOf('15.0.20');
  serve('15.0.21', { list, signature: await signed(list) });
  await expectRefusal(/names no bundle for linux-x64/);
});

test('a platform that is missing', async () => {
  const list = listOf('15.0.21', ['linux-x86_64', 'macos-x86_64']);
  serve('15.0.21', { list, signature: await signed(list) });
  await expectRefusal(/names no bundle for win-x64/);
});

test('a platform that comes new', async () => {
  const list = listOf('15.0.21', [...Object.keys(sums), 'linux-aarch64']);
  serve('15.0.21', { list, signature: await signed(list) });
  await update();
  expect(manifest().platforms['linux-arm64'].sha256).toBe('d'.repeat(64));
});

test('a name that stands twice', async () => {
  const list = `${listOf('15.0.21')}${'f'.repeat(64)}  tor-expert-bundle-linux-x86_64-15.0.21.tar.gz\n`;
  serve('15.0.21', { list, signature: await signed(list) });
  await expectRefusal(/names .* twice/);
});

test('an older version, unless it is meant', async () => {
  await serveGood('15.0.9');
  await expectRefusal(/older than 15\.0\.20/, { version: '15.0.9' });
  expect(server.asked).toEqual([]);
  await update({ version: '15.0.9', allowOlder: true });
  expect(manifest().bundle).toBe('15.0.9');
});

test.each(['16.0a13', '../15.0.21', '15', '', undefined])('%s is no version', async (version) => {
  await expectRefusal(/name a version such as/, { version });
});

test('the key of somebody else', async () => {
  await serveGood('15.0.21', { key: stranger });
  writeFileSync(keyFile, stranger.toPublic().armor());
  await expectRefusal(/not the key that signs Tor's bundles/);
});

test('a signature by somebody else', async () => {
  await serveGood('15.0.21', { key: stranger });
  await expectRefusal(/has no subkey that made the signature .*fetch the newer key/);
});

test('a subkey that expired before it signed', async () => {
  const late = await extended(tor, 1);
  await serveGood('15.0.21', { key: late, subkey: 1 });
  await expectRefusal(/not valid when it was made|had expired before/);
});

/** The same key as its owner, or a thief, would have it to sign on after the public one says it has expired. */
async function extended(key, index) {
  const { privateKey } = await reformatKey({
    privateKey: await reread(key),
    userIDs: [{ name: 'x' }],
    date: made,
    format: 'object',
  });
  expect(privateKey.subkeys[index].getFingerprint()).toBe(key.subkeys[index].getFingerprint());
  return privateKey;
}

test('a revoked subkey, also for what it says it signed before', async () => {
  await serveGood('15.0.21', { date: new Date(made.getTime() + day) });
  const revoked = await reread(tor);
  revoked.subkeys[0] = await revoked.subkeys[0].revoke(
    tor.keyPacket,
    { flag: enums.reasonForRevocation.keyCompromised },
    now,
  );
  writeFileSync(keyFile, revoked.toPublic().armor());
  await expectRefusal(/by a subkey that was revoked/);
});

test('a revoked key', async () => {
  await serveGood('15.0.21');
  const { publicKey } = await revokeKey({ key: await reread(tor), date: now, format: 'armored' });
  writeFileSync(keyFile, publicKey);
  await expectRefusal(/by a key that was revoked/);
});

test("a stranger's subkey under the pinned key", async () => {
  // Everything public can be put together; only the bindings cannot be made.
  const packets = new PacketList();
  packets.push(...tor.toPublic().toPacketList(), ...stranger.toPublic().subkeys[0].toPacketList());
  writeFileSync(keyFile, Buffer.from(packets.write()));
  await serveGood('15.0.21', { key: stranger });
  await expectRefusal(/a subkey that was not valid/);
});

test('a subkey that does not say itself that it belongs to the key', async () => {
  const list = listOf('15.0.21');
  const key = (await reread(tor)).toPublic();
  key.subkeys[0].bindingSignatures.forEach((binding) => Object.assign(binding, { embeddedSignature: null }));
  const content = Buffer.from(list);
  const signature = Buffer.from(await signed(list));
  expect(await checkSignature({ content, signature, key: tor.toPublic(), now })).toHaveProperty('subkey');
  await expect(checkSignature({ content, signature, key, now })).rejects.toThrow(/does not confirm the key/);
});

test('a signature from the future', async () => {
  await serveGood('15.0.21', { date: new Date(now.getTime() + 3 * day) });
  await expectRefusal(/dated in the future/);
});

test('an endless list and a redirect', async () => {
  server.answers.set('/15.0.21/sha256sums-signed-build.txt', Buffer.alloc(600 * 1024));
  await expectRefusal(/larger than 512 kB/);
  server.answers.set('/15.0.21/sha256sums-signed-build.txt', (_request, response) =>
    response.writeHead(301, { location: 'http://127.0.0.1:9/' }).end(),
  );
  await expectRefusal(/sends the download elsewhere/);
});

test('without a key file: the key of last time, then the servers, the first that has the subkey', async () => {
  const old = await reread(tor);
  old.subkeys.splice(0, 1);
  writeFileSync(join(home, 'tor-browser-developers.asc'), old.toPublic().armor());
  server.answers.set('/old', old.toPublic().armor());
  server.answers.set('/new', Buffer.from(tor.toPublic().write()));
  await serveGood('15.0.21');
  const keyUrls = ['/missing', '/old', '/new'].map((path) => `${server.url}${path}`);
  await expect(update({ keyFile: undefined, keyUrls: keyUrls.slice(0, 2) })).rejects.toThrow(/fetch the newer key/);
  expect(manifest().bundle).toBe('15.0.20');
  await update({ keyFile: undefined, keyUrls });
  expect(manifest().bundle).toBe('15.0.21');
  // The newer key is kept, so the next time needs no server.
  await serveGood('15.0.22');
  await update({ keyFile: undefined, version: '15.0.22' });
  expect(manifest().bundle).toBe('15.0.22');
});

test('no key anywhere', async () => {
  await serveGood('15.0.21');
  await expectRefusal(/the signing key cannot be had here/, { keyFile: undefined });
  await expectRefusal(/--key names a file that is not there/, { keyFile: join(home, 'nothing') });
  writeFileSync(keyFile, 'no key');
  await expectRefusal(/this is no OpenPGP key|not the key/);
});
