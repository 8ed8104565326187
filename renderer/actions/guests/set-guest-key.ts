import { guestKeyProblems } from '../../../shared/guests/guest-text';
import type { Guest } from '../../../shared/guests/guest';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';

/** Takes the public key of a guest out of a file; a sentence when it cannot be. Throws what the core threw. */
export const setGuestKey = async ({ core }: Services, { id, name }: Guest, file: File): Promise<string | undefined> => {
  const taken = await core.call('guests.setKey', { guestId: id, key: new Uint8Array(await file.arrayBuffer()) });
  if (taken.outcome === 'refused') return guestKeyProblems[taken.problem];
  showToast({ text: `${name} can send and receive mail now` });
  return undefined;
};
