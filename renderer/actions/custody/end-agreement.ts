import type { MailClient, MailHolder } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { setCustody } from '../../state/custody';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

type Agreement = { readonly identityId: IdentityId; readonly of: MailHolder | MailClient };

/** Ends it, whichever of the two keeps the mail. */
export const endAgreement = async (
  { core }: Services,
  { identityId, of: { agreementId } }: Agreement,
): Promise<void> => {
  const holding = await tryOrTell(() => core.call('holding.end', { identityId, agreementId }));
  if (holding) setCustody(identityId, holding);
};

/** Takes somebody who said no, or with whom it has ended, off the list, with everything that was before. */
export const forgetAgreements = async (
  { core }: Services,
  { identityId, over }: { readonly identityId: IdentityId; readonly over: readonly (MailHolder | MailClient)[] },
): Promise<void> => {
  for (const { agreementId } of over) {
    const holding = await tryOrTell(() => core.call('holding.forget', { identityId, agreementId }));
    if (holding) setCustody(identityId, holding);
  }
};
