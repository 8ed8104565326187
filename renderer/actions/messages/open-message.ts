import type { MessageSummary } from '../../../shared/message';
import { openComposer } from '../../state/compose';
import { openConversation } from '../../state/selection';

/** Shows a message in the reader with its conversation; a draft opens in the composer. */
export const openMessage = (message: MessageSummary): void => {
  if (message.folder === 'drafts') openComposer({ identityId: message.identityId, draftId: message.id });
  else openConversation({ identityId: message.identityId, threadId: message.threadId, messageId: message.id });
};
