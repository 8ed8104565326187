import type { MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';

/**
 * The messages of a conversation that the reader shows, in their order. Drafts are shown where they are written, and
 * trash only to those who opened a message of it.
 */
export const visibleMessages = (messages: readonly MessageSummary[], opened: MessageId): MessageSummary[] => {
  const inTrash = messages.find((message) => message.id === opened)?.folder === 'trash';
  return messages.filter((message) => message.folder !== 'drafts' && (message.folder !== 'trash' || inTrash));
};
