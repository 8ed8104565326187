import type { Identity } from '../../../shared/identity';
import { replaceIdentity, showView, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { localPartOf } from '../../words/address-text';

/** Destroys an identity with its keys and mail, and goes to another one. Throws what the core threw. */
export const deleteIdentity = async ({ core, mirror }: Services, identity: Identity): Promise<void> => {
  await core.call('identities.delete', { identityId: identity.id, confirmAddress: identity.address });
  await mirror.identities.delete(identity.id);
  showToast({ text: `${identity.label || localPartOf(identity.address)} was deleted` });
  const next = await mirror.identities.orderBy('createdAt').first();
  if (useSelection.getState().identityId !== identity.id) return;
  if (next) replaceIdentity(next.id);
  else {
    useSelection.setState({ identityId: undefined });
    showView('new-identity');
  }
};
