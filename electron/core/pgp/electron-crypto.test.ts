import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selfCheck } from './testing/self-check';
import { bundleForTest, type TestBundle } from './testing/worker-bundle';

/** The one place that knows where Electron is; it is a script, so its type is said here. */
type ElectronRuntime = {
  resolveElectron: (options: { quiet: boolean }) => Promise<{ executablePath: string; version: string }>;
};

const PROGRAM = `
  import { selfCheck } from './testing/self-check';
  selfCheck().then((lines) => console.log([process.versions['electron'] ?? 'no Electron', ...lines].join()));
`;
/** AES-KW by WebCrypto, without our shim: RFC 3394, 4.6, or the name of the error. */
const WRAP = `
  const { subtle } = require('node:crypto').webcrypto;
  const from = (hex) => Buffer.from(hex, 'hex');
  const kek = from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
  const data = from('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f');
  const wrap = async () => {
    const by = await subtle.importKey('raw', kek, 'AES-KW', false, ['wrapKey']);
    const key = await subtle.importKey('raw', data, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    return Buffer.from(await subtle.wrapKey('raw', key, by, 'AES-KW')).toString('hex');
  };
  wrap().catch((error) => error.name).then((found) => process.stdout.write(found));
`;
const WRAPPED = '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21';
const ALL_WELL = ['certified', 'decrypted', 'valid', 'the same octets', 'the same certifying key'];

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleForTest(PROGRAM);
});
afterAll(() => bundle.remove());

/** Runs a program in Electron as if it were Node; what it printed. */
async function inElectron(...args: string[]): Promise<string> {
  const script = new URL('../../../scripts/electron-runtime.mjs', import.meta.url).href;
  const { resolveElectron } = (await import(/* @vite-ignore */ script)) as ElectronRuntime;
  const { executablePath } = await resolveElectron({ quiet: true });
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(executablePath, ['--no-warnings', ...args], { env });
  return stdout.trim();
}

it('makes keys, seals, opens and verifies on the BoringSSL of Electron', async () => {
  const [version, ...found] = (await inElectron(bundle.path)).split(',');
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(found).toEqual(ALL_WELL);
});

it('does the same on the OpenSSL of Node', async () => {
  expect(await selfCheck()).toEqual(ALL_WELL);
});

// The shim may go when every Electron in use gives the value itself. With a wrong value the mail could never be opened.
it('meets an AES-KW that is right or fails, in Electron and in Node', async () => {
  expect([WRAPPED, 'OperationError']).toContain(await inElectron('-e', WRAP));
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '-e', WRAP]);
  expect(stdout).toBe(WRAPPED);
});
