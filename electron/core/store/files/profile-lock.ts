import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { PosthornError } from '../../../../shared/errors';
import { rollBack } from '../sql/migrations';
import type { SqlConnection } from '../sql/sql-connection';
import { connect } from '../sql/sql-connection';

export type ProfileLock = { release(): void };

/**
 * Holds a profile for this process. The lock is an open EXCLUSIVE transaction on an empty SQLite file: SQLite takes the
 * right kind of lock on every platform, the operating system frees it when the process dies, and nothing is ever
 * written. Throws `profile-in-use` at once when another process, or another part of this one, has it.
 */
export function holdProfileLock(path: string): ProfileLock {
  makePrivate(path);
  const sql = connect(path);
  try {
    sql.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    sql.close();
    throw refusal(error);
  }
  return { release: () => release(sql) };
}

/**
 * An existing file is not opened for it: closing it again would free the lock that another part of this process has.
 */
function makePrivate(path: string): void {
  try {
    if (existsSync(path)) chmodSync(path, 0o600);
    else closeSync(openSync(path, 'a', 0o600));
  } catch {
    // What hinders this hinders SQLite too, or is no hindrance to the lock.
  }
}

function release(sql: SqlConnection): void {
  rollBack(sql);
  sql.close();
}

function refusal(error: unknown): unknown {
  if (!(error instanceof PosthornError)) return error;
  const isHeld = error.code === 'profile-in-use';
  return isHeld
    ? new PosthornError(
        'profile-in-use',
        'Posthorn is already running with this profile. Use its window, or quit it first.',
        { cause: error },
      )
    : new PosthornError(
        'profile-damaged',
        'The file profile.lock of this profile cannot be used. Check the disk and the permissions, or delete that file.',
        { cause: error },
      );
}
