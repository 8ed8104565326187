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

/**
 * As `tryOrTell`, for what the window reads to show it. While an identity is being opened it is refused, and nothing is
 * said: the window is filled anew as soon as the profile is open.
 */
export const tryToRead = <Result>(work: () => Promise<Result>): Promise<Result | undefined> =>
  tryOrTell(async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PosthornError && error.code === 'profile-locked') return undefined;
      throw error;
    }
  });
