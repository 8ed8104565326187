import type { ContactId, IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';

export type Move = {
  readonly identityId: IdentityId;
  readonly toIdentityId: IdentityId;
  readonly contactIds: readonly ContactId[];
};

/** Tells contacts that the person moves to another identity of this profile. Throws what the core threw. */
export const announceMove = async ({ core }: Services, { contactIds, ...of }: Move): Promise<void> => {
  const { length } = await core.call('identities.announceMove', { ...of, contactIds: [...contactIds] });
  showToast({ text: length === 1 ? '1 person is being told' : `${length} people are being told` });
};
