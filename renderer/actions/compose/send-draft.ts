import type { IdentityId, MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';

/** Puts a draft into the outbox: committed when this resolves. Throws what the core threw. */
export const sendDraft = (
  { core }: Pick<Services, 'core'>,
  draft: { readonly identityId: IdentityId; readonly draftId: MessageId },
): Promise<MessageSummary> => core.call('messages.submit', draft);
