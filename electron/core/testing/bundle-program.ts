import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a program of this folder, for tests that run it in a process of its own, beside the packages it needs.
 * Answers its path: to be removed in the end.
 * @param whole with all it needs in the one file, so that it starts in half the time; but the native database cannot be
 *   bundled
 */
export async function bundleProgram(name: string, { whole = false } = {}): Promise<string> {
  const outfile = join(process.cwd(), 'node_modules/.cache', `${name}-${String(process.pid)}.mjs`);
  await build({
    entryPoints: [`electron/core/testing/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    define: { __PRODUCTION__: 'false' },
    ...(whole
      ? {
          external: ['@signalapp/sqlcipher'],
          banner: {
            js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
          },
        }
      : { packages: 'external' as const }),
  });
  return outfile;
}
