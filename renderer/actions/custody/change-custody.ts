import type { HoldTerms, MailClient, MailHolder } from '../../../shared/holding';
import type { ContactId, IdentityId } from '../../../shared/ids';
import { present } from '../../../shared/present';
import { setHolding } from '../../state/custody';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { attempt } from '../window/attempt';
import { loadHolding } from './follow-custody';

export type HolderToAsk = {
  readonly identityId: IdentityId;
  readonly contactId: ContactId;
  readonly terms: HoldTerms;
  readonly name: string;
};

/** Asks a contact to keep mail for an identity. Throws what the core threw. */
export const askHolder = async (services: Services, { name, ...asked }: HolderToAsk): Promise<void> => {
  await services.core.call('holding.ask', asked);
  await loadHolding(services, asked.identityId);
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

export type Answer = {
  readonly identityId: IdentityId;
  readonly client: MailClient;
  readonly accept: boolean;
  readonly name: string;
};

/** Agrees to keep mail for somebody who asked, or does not. */
export const answerClient = async (services: Services, { identityId, client, accept, name }: Answer): Promise<void> => {
  const answered = await attempt(() =>
    services.core.call('holding.answer', { identityId, agreementId: client.agreementId, accept }),
  );
  await loadHolding(services, identityId);
  if (answered) showToast({ text: accept ? `You keep mail for ${name}` : `${name} is told that you do not` });
};

type Agreement = { readonly identityId: IdentityId; readonly of: MailHolder | MailClient };

/** Ends it, whichever of the two keeps the mail. */
export const endHolding = async ({ core }: Services, { identityId, of: { agreementId } }: Agreement): Promise<void> => {
  const holding = await attempt(() => core.call('holding.end', { identityId, agreementId }));
  if (holding) setHolding(identityId, holding);
};

/** Takes somebody who said no, or with whom it has ended, off the list, with everything that was before. */
export const forgetHolding = async (
  { core }: Services,
  { identityId, over }: { readonly identityId: IdentityId; readonly over: readonly (MailHolder | MailClient)[] },
): Promise<void> => {
  for (const { agreementId } of over) {
    const holding = await attempt(() => core.call('holding.forget', { identityId, agreementId }));
    if (holding) setHolding(identityId, holding);
  }
};

/** The person knows that mail of this contact is missing. */
export const dismissMissing = async (
  { core }: Services,
  { identityId, contactId }: { readonly identityId: IdentityId; readonly contactId: ContactId },
): Promise<void> => {
  const holding = await attempt(() => core.call('holding.dismissMissing', { identityId, contactId }));
  if (holding) setHolding(identityId, holding);
};

/** Asks everybody who keeps mail for an identity for it now. */
export const collectMail = async ({ core }: Services, identityId: IdentityId): Promise<void> => {
  if (await attempt(() => core.call('holding.collect', { identityId })))
    showToast({ text: 'They are being asked; mail arrives in your Inbox' });
};

/** The code by which another machine of the same person is kept mail for. Throws what the core threw. */
export const pairingCode = async ({ core }: Pick<Services, 'core'>, identityId: IdentityId): Promise<string> =>
  (await core.call('holding.pairingCode', { identityId })).text;

export type Pairing = { readonly identityId: IdentityId; readonly text: string; readonly name: string };

/** Verifies the machine behind a pairing code and asks it to keep mail. Throws what the core threw. */
export const pairHolder = async (services: Services, { identityId, text, name }: Pairing): Promise<MailHolder> => {
  const holder = await services.core.call('holding.pair', {
    identityId,
    text: text.trim(),
    ...present({ name: name.trim() || undefined }),
  });
  await loadHolding(services, identityId);
  return holder;
};
