import type { AttachmentId, MailAddress, MessageId } from '../../../../shared/ids';
import type { AttachmentSummary, Draft, DraftContent } from '../../../../shared/message';
import type { OutgoingAttachment } from '../mime';
import type { Content } from './contents';

/** What a save writes; `threadId` and `preview` are what lists show of it. */
export type NewDraft = {
  readonly id: MessageId;
  readonly isNew: boolean;
  readonly content: DraftContent;
  readonly threadId: string;
  readonly preview: string;
  readonly now: number;
  readonly from: MailAddress;
};

/** A file whose octets may be staged. */
export type NewAttachment = Omit<OutgoingAttachment, 'content'> & { readonly content: Content };

/** Messages being written. */
export type Drafts = {
  save(draft: NewDraft): Draft;
  get(id: MessageId): Draft;
  attach(o: { draftId: MessageId; id: AttachmentId; attachment: NewAttachment }): AttachmentSummary;
  detach(o: { draftId: MessageId; attachmentId: AttachmentId }): void;
};
