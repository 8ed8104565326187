/**
 * One simulated world in a process of its own: options as JSON in, its account as JSON out. Started by the benchmark
 * `holders`.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../electron/core/testing/simulation/simulate';
import { accountOf, type WorldOptions } from './holders/world-account';

/** A thousand databases are best kept in memory. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

async function run(options: WorldOptions): Promise<void> {
  const directory = mkdtempSync(join(SCRATCH, 'posthorn-world-'));
  const start = performance.now();
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    const result = await simulate({ ...options, directory, say });
    const account = accountOf(result, { options, wallSeconds: (performance.now() - start) / 1000 });
    process.stdout.write(JSON.stringify(account));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// What fails in a machine because its power went is heard by nobody; a world that cannot go on says so below.
process.on('unhandledRejection', () => undefined);

run(JSON.parse(process.argv[2] ?? '{}') as WorldOptions).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
