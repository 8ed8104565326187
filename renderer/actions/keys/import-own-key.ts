import type { IdentityId } from '../../../shared/ids';
import type { ImportProblem } from '../../../shared/key-life';
import { present } from '../../../shared/present';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';

/** The largest file that is read as a key: a secret key with many certifications has some hundred kilobytes. */
const LARGEST_KEY = 4 * 1024 * 1024;

export type KeyFile = { readonly identityId: IdentityId; readonly file: File; readonly passphrase: string };

/**
 * Makes an OpenPGP key that the person has already this identity’s key. Throws what the core threw.
 * @returns why it cannot be, or nothing when it is
 */
export const importOwnKey = async (
  { core, mirror }: Services,
  { identityId, file, passphrase }: KeyFile,
): Promise<ImportProblem | undefined> => {
  if (file.size > LARGEST_KEY) return 'unreadable';
  const content = await file.arrayBuffer().catch(() => undefined);
  if (content === undefined) return 'unreadable';
  const answer = await core.call('identities.importKey', {
    identityId,
    key: new Uint8Array(content),
    ...present({ passphrase: passphrase || undefined }),
  });
  if (answer.outcome === 'refused') return answer.problem;
  await mirror.identities.put(answer.identity);
  showToast({ text: 'This identity uses your own key now' });
  return undefined;
};
