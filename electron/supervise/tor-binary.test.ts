import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { torSentence } from '../../shared/tor-about';
import { resolveTorBinary, TorMissingError, type TorBinaryPlaces } from './tor-binary';

let root: string;
let places: TorBinaryPlaces;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'posthorn tor-'));
  // The set-up of the tests names a tor itself.
  const { POSTHORN_TOR: _named, ...env } = process.env;
  places = { allowOverride: true, env, platform: process.platform, arch: process.arch };
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function program(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && echo "Tor version ${version}."\n`);
  chmodSync(path, 0o755);
  return path;
}

test("takes the system's tor", async () => {
  const found = await resolveTorBinary(places);
  expect(found).toMatchObject({ source: 'system', env: places.env });
  expect(found.version).toMatch(/^0\.4\.\d+\.\d+$/);
});

test('prefers the packaged tor, with its libraries for it alone, and the transports that came along', async () => {
  const path = program(join(root, 'resources/tor/tor'), '0.4.9.12');
  const transport = program(join(root, 'resources/tor/pluggable_transports/lyrebird'), '');
  const found = await resolveTorBinary({ ...places, platform: 'linux', resourcesPath: join(root, 'resources') });
  expect(found).toMatchObject({ path, source: 'packaged', version: '0.4.9.12' });
  expect(found.plugins[0]).toEqual({
    transports: ['meek_lite', 'obfs4', 'snowflake', 'webtunnel'],
    path: transport,
    args: [],
  });
  expect(found.env['LD_LIBRARY_PATH']).toBe(dirname(path));
  expect(process.env['LD_LIBRARY_PATH']).not.toBe(dirname(path));
});

test('takes the one in tor-bin in a clone, and goes on when it does not run', async () => {
  const path = program(join(root, 'tor-bin', `linux-${process.arch}`, 'tor'), '0.4.8.1');
  expect(await resolveTorBinary({ ...places, platform: 'linux', projectRoot: root })).toMatchObject({
    path,
    source: 'bundled',
  });
  writeFileSync(path, 'not a program');
  expect((await resolveTorBinary({ ...places, platform: 'linux', projectRoot: root })).source).toBe('system');
});

test('puts tor on the leash of the kernel on Linux, when the system has one that holds', async () => {
  const path = program(join(root, 'tor-bin', `linux-${process.arch}`, 'tor'), '0.4.8.1');
  const setpriv = join(root, 'setpriv');
  const found = () => resolveTorBinary({ ...places, platform: 'linux', projectRoot: root, setpriv });
  expect(await found()).toMatchObject({ path, leash: [] });
  // As BusyBox's, which does not know the option.
  writeFileSync(setpriv, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect(await found()).toMatchObject({ path, leash: [] });
  writeFileSync(setpriv, '#!/bin/sh\nshift 3\nexec "$@"\n', { mode: 0o755 });
  expect(await found()).toMatchObject({ path, leash: [setpriv, '--pdeathsig', 'KILL', '--'] });
});

function stamped(folder: string, files: readonly string[]): void {
  const sums = files.map((name): [string, string] => [name, sha256(readFileSync(join(folder, name)))]);
  writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ bundle: '15.0.24', files: Object.fromEntries(sums) }));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

test('says which tor it is and how it was checked, without a path', async () => {
  const said = async (more: Partial<TorBinaryPlaces>) =>
    torSentence((await resolveTorBinary({ ...places, platform: 'linux', ...more })).kit.about);
  const clone = dirname(program(join(root, 'tor-bin', `linux-${process.arch}`, 'tor'), '0.4.9.13'));
  expect(await said({ projectRoot: root })).toBe("a copy of a system's tor 0.4.9.13, not checked by Posthorn");
  stamped(clone, ['tor']);
  expect(await said({ projectRoot: root })).toBe('tor 0.4.9.13 of the Tor Expert Bundle 15.0.24, checked by sha256');
  const packaged = dirname(program(join(root, 'resources/tor/tor'), '0.4.9.13'));
  stamped(packaged, ['tor']);
  expect(await said({ resourcesPath: join(root, 'resources') })).toBe(
    'tor 0.4.9.13 of the Tor Expert Bundle 15.0.24, checked by sha256 when Posthorn was packaged',
  );
  const system = program(join(root, 'bin/tor'), '0.4.9.11');
  const env = { ...places.env, PATH: dirname(system) };
  expect(await said({ env })).toBe("the system's tor 0.4.9.11, not checked by Posthorn");
  // The set-up of a clone names the system's tor.
  expect(await said({ env: { ...env, POSTHORN_TOR: system } })).toBe(
    "the system's tor 0.4.9.11, not checked by Posthorn",
  );
  expect(await said({ env: { ...env, POSTHORN_TOR: join(clone, 'tor') } })).toBe(
    'the tor 0.4.9.13 that POSTHORN_TOR names, not checked by Posthorn',
  );
});

test('a bundle that has changed since it was checked is passed over', async () => {
  const path = program(join(root, 'tor-bin', `linux-${process.arch}`, 'tor'), '0.4.9.13');
  const library = join(dirname(path), 'libevent-2.1.so.7');
  writeFileSync(library, 'library');
  stamped(dirname(path), ['tor', 'libevent-2.1.so.7']);
  const find = () => resolveTorBinary({ ...places, platform: 'linux', projectRoot: root });
  expect((await find()).source).toBe('bundled');
  writeFileSync(library, 'another');
  expect((await find()).source).toBe('system');
  rmSync(library);
  expect((await find()).source).toBe('system');
});

test('skips a system tor that is too old', async () => {
  const path = program(join(root, 'bin/tor'), '0.4.7.16');
  const found = await resolveTorBinary({
    ...places,
    env: { ...process.env, PATH: `${dirname(path)}:${process.env['PATH'] ?? ''}` },
  });
  expect(found.path).not.toBe(path);
});

test('the override counts where it is allowed, and must run', async () => {
  const path = program(join(root, 'mine'), '0.4.9.1');
  const env = { ...process.env, POSTHORN_TOR: path };
  expect(await resolveTorBinary({ ...places, env })).toMatchObject({ path, source: 'override' });
  expect((await resolveTorBinary({ ...places, env, allowOverride: false })).source).toBe('system');
  await expect(resolveTorBinary({ ...places, env: { ...env, POSTHORN_TOR: '/nonexistent' } })).rejects.toThrow(
    TorMissingError,
  );
});

test('says what to do when there is none', async () => {
  // A program name that no directory of this machine has.
  const missing = resolveTorBinary({ ...places, platform: 'win32', env: { PATH: root } });
  await expect(missing).rejects.toMatchObject({ code: 'tor-missing' });
  await expect(missing).rejects.toThrow(/Install/);
});
