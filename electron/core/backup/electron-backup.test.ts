import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { roundTrip } from './testing/round-trip';

/** The one place that knows where Electron is; it is a script, so its type is said here. */
type ElectronRuntime = {
  resolveElectron: (options: { quiet: boolean }) => Promise<{ executablePath: string; version: string }>;
};

const PROGRAM = `
  import { roundTrip } from './testing/round-trip';
  roundTrip().then((found) => console.log([process.versions['electron'] ?? 'no Electron', ...found].join()));
`;

async function bundle(outfile: string): Promise<void> {
  await build({
    stdin: { contents: PROGRAM, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    logLevel: 'warning',
  });
}

/**
 * All but a small part of the time is scrypt's, on another thread: there the loop waits. Were it done on the loop's own
 * thread, the share would be 1; with Node's own `scrypt`, which does it twice in Electron, a half.
 */
const MOST_HELD = 0.3;

it('makes and opens backups on the BoringSSL of Electron, without stopping its loop', async () => {
  const script = new URL('../../../scripts/electron-runtime.mjs', import.meta.url).href;
  const { resolveElectron } = (await import(/* @vite-ignore */ script)) as ElectronRuntime;
  const { executablePath } = await resolveElectron({ quiet: true });
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-electron-backup-'));
  try {
    const program = join(folder, 'program.cjs');
    await bundle(program);
    const { stdout } = await promisify(execFile)(executablePath, ['--no-warnings', program], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const [version, good, wrong, held] = stdout.trim().split(',');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect([good, wrong]).toEqual(['good', 'wrong-passphrase']);
    expect(Number(held)).toBeLessThan(MOST_HELD);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('does the same on the OpenSSL of Node', async () => {
  const [good, wrong, held] = await roundTrip();
  expect([good, wrong]).toEqual(['good', 'wrong-passphrase']);
  expect(Number(held)).toBeLessThan(MOST_HELD);
});
