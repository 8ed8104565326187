import type { Identity, IdentityColour } from '../../../shared/identity';
import { showIdentity } from '../../state/selection';
import type { Services } from '../../state/services';

export type NewIdentity = { readonly localPart: string; readonly label: string; readonly colour: IdentityColour };

/** Makes an identity with keys and an address of its own, and goes to its inbox. Throws what the core threw. */
export const createIdentity = async ({ core, mirror }: Services, identity: NewIdentity): Promise<Identity> => {
  const created = await core.call('identities.create', { ...identity, label: identity.label.trim() });
  await mirror.identities.put(created);
  showIdentity(created.id);
  return created;
};
