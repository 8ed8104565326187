/**
 * Entry of the backup worker: one job on one mail database, then it ends. A copy of 1 GB must not hold up the core's
 * own thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PosthornError } from '../../../../shared/errors';
import { checkMail } from './backup-check';
import { copyMail } from './backup-copy';
import type { BackupAnswer, BackupJob } from './backup-worker-client';

function run(job: BackupJob): BackupAnswer {
  try {
    return job.work === 'copy' ? { work: 'copy', value: copyMail(job) } : { work: 'check', value: checkMail(job) };
  } catch (error) {
    if (error instanceof PosthornError) return { work: 'failed', code: error.code, message: error.message };
    return {
      work: 'failed',
      code: 'internal',
      message: 'The mail could not be copied. Nothing was changed; try again.',
    };
  }
}

parentPort?.postMessage(run(workerData as BackupJob));
