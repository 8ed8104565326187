import type { IdentityId, MessageId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';

export type MessageGroup = { readonly identityId: IdentityId; readonly messageIds: MessageId[] };

/** Calls name one identity each: groups messages by theirs. */
export const groupByIdentity = (messages: readonly Pick<MessageSummary, 'id' | 'identityId'>[]): MessageGroup[] => {
  const groups = new Map<IdentityId, MessageGroup>();
  for (const { id, identityId } of messages) {
    const group = groups.get(identityId) ?? { identityId, messageIds: [] };
    group.messageIds.push(id);
    groups.set(identityId, group);
  }
  return [...groups.values()];
};
