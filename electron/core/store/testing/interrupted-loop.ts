import { Worker } from 'node:worker_threads';
import { IdentityId } from '../../../../shared/ids';
import type { WorkName } from './interrupted-work';
import { interruptedWork } from './interrupted-work';

/**
 * A child process that does one work of `interrupted-work.ts` on a file and prints what it has committed. A thread of
 * it kills it after so many milliseconds, which may be a fraction: also in the middle of a statement or a commit.
 */
const [name = '', path = '', key = '', identityId = '', killAfterMs = ''] = process.argv.slice(2);

const KILLER = `
  const { workerData } = require('node:worker_threads');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData);
  process.kill(process.pid, 'SIGKILL');`;

const started = performance.now();
async function run(): Promise<void> {
  const file = { path, key: new Uint8Array(Buffer.from(key, 'hex')), identityId: IdentityId.parse(identityId) };
  await interruptedWork[name as WorkName](file, (committed) => {
    process.stdout.write(`${JSON.stringify(committed)}\n`);
  });
  process.stdout.write(`${JSON.stringify({ tookMs: performance.now() - started })}\n`);
  process.exit(0);
}

if (killAfterMs === '') void run();
else {
  const killer = new Worker(KILLER, { eval: true, workerData: Number(killAfterMs) });
  killer.once('online', () => void run());
}
