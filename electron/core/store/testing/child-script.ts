import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export type ChildScript = { start(...args: readonly string[]): ChildProcessWithoutNullStreams; remove(): void };

/** Bundles one of the scripts beside this file, as the core itself is bundled, to run it in a process of its own. */
export function bundleScript(
  name:
    | 'receive-loop'
    | 'hold-profile'
    | 'index-loop'
    | 'interrupted-loop'
    | 'move-loop'
    | 'open-store'
    | 'restore-and-die',
): ChildScript {
  // Below node_modules, so that the native module resolves from it.
  const output = join(root, 'node_modules', '.cache', 'posthorn-store', `${name}-${randomUUID()}.cjs`);
  execFileSync(join(root, 'node_modules', '.bin', 'esbuild'), [
    join(root, 'electron', 'core', 'store', 'testing', `${name}.ts`),
    '--bundle',
    '--platform=node',
    '--target=node20.18',
    '--format=cjs',
    '--packages=external',
    '--log-level=error',
    `--outfile=${output}`,
  ]);
  return {
    start: (...args) => spawn(process.execPath, [output, ...args]),
    remove: () => rmSync(output, { force: true }),
  };
}
