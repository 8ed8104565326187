import type { AttachmentSummary, MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

type Of = { readonly message: Pick<MessageSummary, 'id' | 'identityId'>; readonly attachment: AttachmentSummary };

/** Reads an attachment; throws a `PosthornError` when it cannot be had. */
export const readAttachment = ({ core }: Services, { message, attachment }: Of) =>
  core.call('attachments.read', { identityId: message.identityId, messageId: message.id, attachmentId: attachment.id });

/** Asks where to save an attachment and saves it there. Resolves with false when the person cancelled or it failed. */
export const saveAttachment = async (services: Services, of: Of): Promise<boolean> => {
  const saved = await tryOrTell(async () => {
    const { filename, content } = await readAttachment(services, of);
    return services.shell.call('files.save', { suggestedName: filename || 'attachment', content });
  });
  if (saved?.saved) showToast({ text: 'Attachment saved' });
  return saved?.saved ?? false;
};

/** Saves several attachments one after the other, until the person cancels. */
export const saveAttachments = async (
  services: Services,
  { message, attachments }: { readonly message: Of['message']; readonly attachments: readonly AttachmentSummary[] },
): Promise<void> => {
  for (const attachment of attachments) if (!(await saveAttachment(services, { message, attachment }))) return;
};
