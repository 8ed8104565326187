import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/**
 * Looks again whether the copy of a restored identity is still online, or goes online regardless; says how it stands.
 */
export const claimAddress = async (
  { core, mirror }: Services,
  { identityId, evenIfElsewhere }: { readonly identityId: IdentityId; readonly evenIfElsewhere: boolean },
): Promise<void> => {
  const identity = await tryOrTell(() => core.call('identities.takeOver', { identityId, evenIfElsewhere }));
  if (identity === undefined) return;
  await mirror.identities.put(identity);
  showToast({
    text:
      identity.reachability === 'elsewhere'
        ? 'The other copy still seems to be online'
        : 'This identity goes online here',
  });
};
