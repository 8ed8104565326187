import type { HoldTerms, MailHolder } from '../../../shared/custody';
import type { ContactId, IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { loadCustody } from './follow-custody';

export type HolderToAsk = {
  readonly identityId: IdentityId;
  readonly contactId: ContactId;
  readonly terms: HoldTerms;
  readonly name: string;
};

/** Asks a contact to keep mail for an identity. Throws what the core threw. */
export const askHolder = async (services: Services, { name, ...asked }: HolderToAsk): Promise<void> => {
  await services.core.call('holding.ask', asked);
  await loadCustody(services, asked.identityId);
  showToast({ text: `${name} is being asked` });
};

/**
 * Asks somebody once more on the terms of before; a question that they have not answered is taken back first. Throws
 * what the core threw.
 */
export const askAgain = async (
  services: Services,
  { identityId, holder, name }: { readonly identityId: IdentityId; readonly holder: MailHolder; readonly name: string },
): Promise<void> => {
  const { agreementId, contactId, state, terms } = holder;
  if (contactId === undefined) return;
  if (state === 'asked') await services.core.call('holding.end', { identityId, agreementId });
  await askHolder(services, { identityId, contactId, terms, name });
};
