import type { IdentityId, MessageId } from '../../shared/ids';
import type { MessageSummary } from '../../shared/message';
import type { Services } from '../state/services';
import { followDelivery } from './follow-delivery';

/** Puts a draft into the outbox, committed when this resolves, and tells the person how it goes on. Throws what the core threw. */
export const sendDraft = async (
  services: Services,
  draft: { readonly identityId: IdentityId; readonly draftId: MessageId },
): Promise<MessageSummary> => {
  const message = await services.core.call('messages.submit', draft);
  followDelivery(services, message);
  return message;
};
