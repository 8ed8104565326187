import type { MailAddress } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import type { Enclosures } from '../../ports/storage/mail-records';
import type { OutgoingAttachment } from '../../ports/mime';
import type { Mailbox, Services } from '../mailbox';
import { submitMessage } from './submit-message';
import { attachFile, discardDraft, saveDraft } from './write-draft';

/**
 * Queues a message that Posthorn writes in the user's name, with enclosures inside its seal. When a step fails, its
 * draft is deleted and the error is thrown as by `submitMessage`.
 */
export async function submitEnclosed(
  services: Pick<Services, 'clock' | 'random' | 'onionKeys'>,
  mailbox: Mailbox,
  o: {
    readonly to: MailAddress;
    readonly subject: string;
    readonly text: string;
    readonly attachment?: OutgoingAttachment;
    readonly enclosures: Enclosures;
  },
): Promise<MessageSummary> {
  const draft = saveDraft(services, mailbox, {
    content: { to: [o.to], cc: [], bcc: [], subject: o.subject, text: o.text },
  });
  try {
    if (o.attachment) await attachFile(services, mailbox, { draftId: draft.id, attachment: o.attachment });
    mailbox.outbox.putEnclosures({ messageId: draft.id, enclosures: o.enclosures });
    return submitMessage(services, mailbox, draft.id);
  } catch (error) {
    discardDraft(mailbox, draft.id);
    throw error;
  }
}
