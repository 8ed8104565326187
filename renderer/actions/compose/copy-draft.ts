import type { IdentityId, MessageId } from '../../../shared/ids';
import type { AttachmentSummary, Draft } from '../../../shared/message';
import type { Services } from '../../state/services';
import { readAttachment } from '../messages/save-attachment';

export type DraftCopy = { readonly from: IdentityId; readonly draftId: MessageId; readonly to: IdentityId };

/**
 * Copies a draft with its attachments to another identity. The message that it answers stays behind. Throws what the
 * core threw.
 */
export const copyDraft = async (services: Services, { from, draftId, to }: DraftCopy): Promise<Draft> => {
  const { core } = services;
  const { content, attachments } = await core.call('drafts.read', { identityId: from, draftId });
  const { inReplyTo: _, ...portable } = content;
  const copy = await core.call('drafts.save', { identityId: to, content: portable });
  const copied: AttachmentSummary[] = [];
  for (const attachment of attachments) {
    const file = await readAttachment(services, { message: { id: draftId, identityId: from }, attachment });
    copied.push(await core.call('drafts.attach', { identityId: to, draftId: copy.id, ...file }));
  }
  return { ...copy, attachments: copied };
};
