import type { MailClient } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';
import { loadCustody } from './follow-custody';

export type Answer = {
  readonly identityId: IdentityId;
  readonly client: MailClient;
  readonly accept: boolean;
  readonly name: string;
};

/** Agrees to keep mail for somebody who asked, or does not. */
export const answerClient = async (services: Services, { identityId, client, accept, name }: Answer): Promise<void> => {
  const answered = await tryOrTell(() =>
    services.core.call('holding.answer', { identityId, agreementId: client.agreementId, accept }),
  );
  await loadCustody(services, identityId);
  if (answered) showToast({ text: accept ? `You keep mail for ${name}` : `${name} is told that you do not` });
};
