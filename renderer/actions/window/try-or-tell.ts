import { PosthornError } from '../../../shared/errors';
import { showToast } from '../../state/toasts';

/** The sentence that tells a person of a failed call. */
const sentenceOf = (error: unknown): string =>
  error instanceof PosthornError ? error.message : 'Something went wrong in this window. Your mail is as it was.';

/**
 * Does something that the core may refuse, and shows its sentence when it does.
 * @returns the result, or undefined when it failed
 */
export const tryOrTell = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
  try {
    return await work();
  } catch (error) {
    showToast({ text: sentenceOf(error), tone: 'danger' });
    return undefined;
  }
};
