import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForTest, type TestBundle } from './test-worker-bundle';

/** The one place that knows where Electron is; it is a script, so its type is said here. */
type ElectronRuntime = { resolveElectron: (options: { quiet: boolean }) => Promise<{ executablePath: string; version: string }> };

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleForTest('./test-self-check.ts');
});
afterAll(() => bundle.remove());

it('makes keys, seals, opens and verifies on the BoringSSL of Electron', async () => {
  const script = new URL('../../../scripts/electron-runtime.mjs', import.meta.url).href;
  const { resolveElectron } = (await import(/* @vite-ignore */ script)) as ElectronRuntime;
  const { executablePath } = await resolveElectron({ quiet: true });
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(executablePath, ['--no-warnings', bundle.path], { env });
  expect(stdout).toMatch(/^electron \d+\.[^\n]*\ncertified\ndecrypted\nvalid\nthe same octets\nthe same certifying key\n$/);
}, 120_000);
