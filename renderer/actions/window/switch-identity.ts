import { showIdentity } from '../../state/selection';
import type { Services } from '../../state/services';

/** Shows the inbox of the identity at a position of the rail (from 0), if there is one. */
export const switchIdentity = async ({ mirror }: Services, position: number): Promise<void> => {
  const identity = await mirror.identities.orderBy('createdAt').offset(position).first();
  if (identity) showIdentity(identity.id);
};
