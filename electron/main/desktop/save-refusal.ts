import { PosthornError } from '../../../shared/errors';

/** The sentence for a file that the file system did not let us write. */
export function refusal(error: unknown): PosthornError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PosthornError(
      'disk-full',
      'The file was not saved: the disk is full. Free some space, or choose another place.',
      { cause: error },
    );
  }
  return new PosthornError(
    'internal',
    'The file was not saved: that folder does not let Posthorn write. Choose another place.',
    { cause: error },
  );
}
