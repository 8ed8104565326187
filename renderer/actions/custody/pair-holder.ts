import type { MailHolder } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { present } from '../../../shared/present';
import type { Services } from '../../state/services';
import { loadCustody } from './follow-custody';

export type Pairing = { readonly identityId: IdentityId; readonly text: string; readonly name: string };

/** Verifies the machine behind a pairing code and asks it to keep mail. Throws what the core threw. */
export const pairHolder = async (services: Services, { identityId, text, name }: Pairing): Promise<MailHolder> => {
  const holder = await services.core.call('holding.pair', {
    identityId,
    text: text.trim(),
    ...present({ name: name.trim() || undefined }),
  });
  await loadCustody(services, identityId);
  return holder;
};
