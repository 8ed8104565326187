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
const ALL_WELL = ['certified', 'decrypted', 'valid', 'the same octets', 'the same certifying key'];

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleForTest(PROGRAM);
});
afterAll(() => bundle.remove());

it('makes keys, seals, opens and verifies on the BoringSSL of Electron', async () => {
  const script = new URL('../../../scripts/electron-runtime.mjs', import.meta.url).href;
  const { resolveElectron } = (await import(/* @vite-ignore */ script)) as ElectronRuntime;
  const { executablePath } = await resolveElectron({ quiet: true });
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(executablePath, ['--no-warnings', bundle.path], { env });
  const [version, ...found] = stdout.trim().split(',');
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(found).toEqual(ALL_WELL);
}, 120_000);

it('does the same on the OpenSSL of Node', async () => {
  expect(await selfCheck()).toEqual(ALL_WELL);
});
