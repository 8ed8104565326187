import { PosthornError } from '../../../shared/errors';

const FULL = ['ENOSPC', 'EDQUOT'];

/** What an error of the file system means for the backup. */
export function toDiskError(error: unknown): PosthornError {
  if (error instanceof PosthornError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FULL.includes(code)) return diskFull(error);
  return new PosthornError(
    'internal',
    'A file of the backup could not be read or written. Nothing was changed; check the disk and the permissions of the profile.',
    { cause: error },
  );
}

export function diskFull(cause?: unknown): PosthornError {
  return new PosthornError(
    'disk-full',
    'There is not enough space on the disk for the backup. Nothing was changed; free some space and try again.',
    { cause },
  );
}

/** Runs a step on the file system; what it throws is a `PosthornError`. */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw toDiskError(error);
  }
}
