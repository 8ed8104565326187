import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

/** The 24 words of an identity’s address; undefined when the core refused, which is told. */
export const readPaperKey = async (
  { core }: Services,
  identityId: IdentityId,
): Promise<readonly string[] | undefined> =>
  (await tryOrTell(() => core.call('identities.paperKey', { identityId })))?.words;

/** Prints what the print styles leave of the page: the paper key that is made ready for it. */
export const printPaperKey = async ({ shell }: Services): Promise<void> => {
  await tryOrTell(() => shell.call('page.print', {}));
};
