import type { BackupProblem } from '../../../shared/backup';

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
