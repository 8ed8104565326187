import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/** Asks everybody who keeps mail for an identity for it now. */
export const collectMail = async ({ core }: Services, identityId: IdentityId): Promise<void> => {
  if (await tryOrTell(() => core.call('holding.collect', { identityId })))
    showToast({ text: 'They are being asked; mail arrives in your Inbox' });
};
