import { Worker } from 'node:worker_threads';
import { PosthornError } from '../../../../shared/errors';
import type { ErrorCode } from '../../../../shared/errors';
import type { MailCheck } from './backup-check';
import type { CopyMail, MailCopy } from './backup-copy';

type CheckMail = { readonly path: string; readonly key: Uint8Array };

export type BackupJob = ({ readonly work: 'copy' } & CopyMail) | ({ readonly work: 'check' } & CheckMail);
export type BackupAnswer =
  | { readonly work: 'copy'; readonly value: MailCopy }
  | { readonly work: 'check'; readonly value: MailCheck }
  | { readonly work: 'failed'; readonly code: ErrorCode; readonly message: string };

/** Copying and reading whole mail databases in a thread of its own, one for each job. */
export type BackupWorkers = {
  /** See `copyMail`. */
  copy(o: CopyMail): Promise<MailCopy>;
  /** See `checkMail`. */
  check(o: CheckMail): Promise<MailCheck>;
};

/** @param workerPath the bundle of `backup-worker.ts`. A worker that dies is `worker-died`. */
export function createBackupWorkers(workerPath: string): BackupWorkers {
  return {
    copy: async (o) => {
      const answer = await run(workerPath, { work: 'copy', ...o });
      if (answer.work !== 'copy') throw died();
      return answer.value;
    },
    check: async (o) => {
      const answer = await run(workerPath, { work: 'check', ...o });
      if (answer.work !== 'check') throw died();
      return answer.value;
    },
  };
}

/** The key is copied for the thread by the structured clone; the copy ends with it. */
function run(workerPath: string, job: BackupJob): Promise<BackupAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerPath, { workerData: job });
    worker.once('message', (answer: BackupAnswer) => {
      if (answer.work === 'failed') reject(new PosthornError(answer.code, answer.message));
      else resolve(answer);
    });
    worker.once('error', (error) => {
      reject(died(error));
    });
    worker.once('exit', () => {
      reject(died());
    });
  });
}

function died(cause?: unknown): PosthornError {
  return new PosthornError('worker-died', 'Working on the backup was interrupted. Nothing was changed; try again.', {
    cause,
  });
}
