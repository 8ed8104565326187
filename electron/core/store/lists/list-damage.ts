import { PosthornError } from '../../../../shared/errors';

/** Of a mailing list is something else in the file than was written. */
export function damaged(): PosthornError {
  return new PosthornError(
    'store-damaged',
    'What is kept of a mailing list cannot be read. Other mail is not affected; a backup has it.',
  );
}
