import type { AttachmentId, MailAddress, MessageId } from '../../../../shared/ids';
import type { AttachmentSummary, Draft, DraftContent } from '../../../../shared/message';
import type { OutgoingAttachment } from '../mime';

/** Messages being written. */
export type Drafts = {
  save(o: { id: MessageId; isNew: boolean; content: DraftContent; now: number; from: MailAddress }): Draft;
  get(id: MessageId): Draft;
  attach(o: { draftId: MessageId; id: AttachmentId; attachment: OutgoingAttachment }): AttachmentSummary;
  detach(o: { draftId: MessageId; attachmentId: AttachmentId }): void;
};
