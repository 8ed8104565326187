import { useEffect, useRef } from 'react';
import { readAttachment } from '../../../actions/messages/save-attachment';
import { useServices } from '../../../state/services';
import type { StartedDraft } from '../draft/begin-draft';
import type { AttachmentEditor } from './use-attachments';

/** Copies the attachments of a forwarded message into the draft, once. */
export const useCarriedAttachments = (editor: AttachmentEditor, start: StartedDraft): void => {
  const services = useServices();
  const done = useRef(false);
  const { carried, identityId } = start;
  useEffect(() => {
    if (carried === undefined || done.current) return;
    done.current = true;
    const message = { id: carried.messageId, identityId };
    editor.addSources(
      carried.attachments.map((attachment) => ({
        filename: attachment.filename || 'attachment',
        contentType: attachment.contentType,
        size: attachment.size,
        read: async () => (await readAttachment(services, { message, attachment })).content,
      })),
    );
  }, [carried, editor, identityId, services]);
};
