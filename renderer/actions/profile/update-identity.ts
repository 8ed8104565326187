import type { IdentityId } from '../../../shared/ids';
import type { IdentityColour } from '../../../shared/identity';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

export type IdentityChange = {
  readonly identityId: IdentityId;
  readonly label?: string;
  readonly colour?: IdentityColour;
  readonly paused?: boolean;
};

/** Changes label, colour or whether an identity appears offline; shows it at once and says so when it failed. */
export const updateIdentity = async ({ core, mirror }: Services, change: IdentityChange): Promise<void> => {
  const changed = await tryOrTell(() => core.call('identities.update', change));
  if (changed) await mirror.identities.put(changed);
};
