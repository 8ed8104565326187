import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** For tests: a program bundled as `scripts/build.mjs` bundles it, in a folder of its own. */
export type TestBundle = { readonly folder: string; readonly path: string; remove(): void };

/** @param contents what the program says, as if it were a file of `pgp/` */
export async function bundleForTest(contents: string): Promise<TestBundle> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-pgp-'));
  const path = join(folder, 'bundle.cjs');
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'ts' },
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    logLevel: 'warning',
    banner: { js: "const __import_meta_url=require('url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': '__import_meta_url' },
  });
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The worker with a fuse: as long as the returned file exists, it dies at the next call. */
export function withFuse(bundle: TestBundle): { readonly path: string; readonly fuse: string } {
  const path = join(bundle.folder, 'with-fuse.cjs');
  const fuse = join(bundle.folder, 'fuse');
  const lines = [
    "const { existsSync } = require('node:fs');",
    `require('node:worker_threads').parentPort.on('message', () => { if (existsSync(${JSON.stringify(fuse)})) process.exit(3); });`,
    `require(${JSON.stringify(bundle.path)});`,
  ];
  writeFileSync(path, lines.join('\n'));
  return { path, fuse };
}
