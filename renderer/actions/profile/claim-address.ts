import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { attempt } from '../window/attempt';

/**
 * Looks again whether the copy of a restored identity is still online, or goes online regardless; says how it stands.
 */
export const takeOver = async (
  { core, mirror }: Services,
  { identityId, evenIfElsewhere }: { readonly identityId: IdentityId; readonly evenIfElsewhere: boolean },
): Promise<void> => {
  const identity = await attempt(() => core.call('identities.takeOver', { identityId, evenIfElsewhere }));
  if (identity === undefined) return;
  await mirror.identities.put(identity);
  showToast({
    text:
      identity.reachability === 'elsewhere'
        ? 'The other copy still seems to be online'
        : 'This identity goes online here',
  });
};
