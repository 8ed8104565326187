import type { ContactId, IdentityId } from '../../../shared/ids';
import { setCustody } from '../../state/custody';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

/** The person knows that mail of this contact is missing. */
export const dismissMissing = async (
  { core }: Services,
  { identityId, contactId }: { readonly identityId: IdentityId; readonly contactId: ContactId },
): Promise<void> => {
  const holding = await tryOrTell(() => core.call('holding.dismissMissing', { identityId, contactId }));
  if (holding) setCustody(identityId, holding);
};
