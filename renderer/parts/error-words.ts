import { ErrorCode, PosthornError } from '../../shared/errors';
import { errorCodeWords } from './words';

/** The sentence to show for whatever a call threw; never the text of an unknown error. */
export const errorWords = (error: unknown): string => errorCodeWords[errorCodeOf(error)];

/** The closed code of a thrown value; `internal` when it has none. */
export const errorCodeOf = (error: unknown): ErrorCode => {
  if (error instanceof PosthornError) return error.code;
  const code = ErrorCode.safeParse(typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
  return code.success ? code.data : 'internal';
};
