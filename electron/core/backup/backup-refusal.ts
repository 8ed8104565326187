import type { BackupProblem } from '../../../shared/backup';
import { PosthornError } from '../../../shared/errors';

/** A file that cannot be used as a backup, and why. Never leaves this folder: it becomes an outcome. */
export class BackupRefusal extends Error {
  constructor(
    readonly problem: BackupProblem,
    cause?: unknown,
  ) {
    super(problem, cause === undefined ? undefined : { cause });
    this.name = 'BackupRefusal';
  }
}

/** As it is, when it is a refusal or told to the person by itself; an error of a library means a damaged file. */
export function toRefusal(error: unknown): Error {
  return error instanceof PosthornError || error instanceof BackupRefusal ? error : new BackupRefusal('damaged', error);
}
