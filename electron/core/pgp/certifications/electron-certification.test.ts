import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certificationCheck } from '../testing/certification-check';
import { bundleForTest, type TestBundle } from '../testing/worker-bundle';

/** The one place that knows where Electron is; it is a script, so its type is said here. */
type ElectronRuntime = { resolveElectron: (options: { quiet: boolean }) => Promise<{ executablePath: string }> };

const PROGRAM = `
  import { certificationCheck } from './testing/certification-check';
  certificationCheck().then((answers) => console.log([process.versions['electron'] ? 'Electron' : 'Node', ...answers].join()));
`;

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleForTest(PROGRAM);
});
afterAll(() => bundle.remove());

it('certifies and verifies on the BoringSSL of Electron', async () => {
  const script = new URL('../../../../scripts/electron-runtime.mjs', import.meta.url).href;
  const { resolveElectron } = (await import(/* @vite-ignore */ script)) as ElectronRuntime;
  const { executablePath } = await resolveElectron({ quiet: true });
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(executablePath, ['--no-warnings', bundle.path], { env });
  expect(stdout.trim()).toBe('Electron,true,true,false');
}, 120_000);

it('does the same on the OpenSSL of Node', async () => {
  expect(await certificationCheck()).toEqual([true, true, false]);
});
