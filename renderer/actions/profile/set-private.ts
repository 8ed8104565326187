import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';

/** Hides an identity from everybody but its contacts, or lets everybody find it again. Throws what the core threw. */
export const setPrivate = async (
  { core, mirror }: Services,
  change: { readonly identityId: IdentityId; readonly isPrivate: boolean },
): Promise<void> => {
  const changed = await core.call('identities.setPrivate', change);
  await mirror.identities.put(changed);
  showToast({
    text: changed.isPrivate
      ? 'Only your contacts can find this identity now'
      : 'Everybody who has the address can find this identity again',
  });
};
