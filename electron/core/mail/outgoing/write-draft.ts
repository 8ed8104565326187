import { PosthornError } from '../../../../shared/errors';
import { AttachmentId, MessageId } from '../../../../shared/ids';
import type { AttachedFile, Draft, DraftContent } from '../../../../shared/message';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../domain/limits';
import { previewOf } from '../../domain/preview';
import { withoutDetails, type PictureOutcome } from '../../domain/pictures/without-details';
import { placeInThread } from '../../domain/threading';
import type { OutgoingAttachment } from '../../ports/mime';
import type { Mailbox, Services } from '../mailbox';

/** Saves a draft; without `draftId` it makes a new one. */
export function saveDraft(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'drafts' | 'messages' | 'identity'>,
  o: { draftId?: MessageId; content: DraftContent },
): Draft {
  const id = o.draftId ?? MessageId.parse(services.random.uuid());
  return mailbox.drafts.save({
    id,
    isNew: o.draftId === undefined,
    content: o.content,
    threadId: placeInThread({ own: id, parent: findAnswered(mailbox, o.content) }).threadId,
    preview: previewOf(o.content.text),
    now: services.clock.now(),
    from: mailbox.identity().address,
  });
}

/** What a draft answers; undefined for a new message, and when the answered one was deleted since. */
export function findAnswered(
  mailbox: Pick<Mailbox, 'messages'>,
  { inReplyTo }: Pick<DraftContent, 'inReplyTo'>,
): ReturnType<Mailbox['messages']['reference']> {
  return inReplyTo === undefined ? undefined : mailbox.messages.reference({ messageId: inReplyTo });
}

/**
 * Adds a file to a draft. `cleansPictures`: a picture loses what it says about place, time and camera, which would link
 * two identities of one photographer; one in which some of it may be left is marked. Throws `too-large` past 25 MiB in
 * all and `too-many` past 100 files; then the draft stays as it was.
 */
export async function attachFile(
  services: Pick<Services, 'random'>,
  mailbox: Pick<Mailbox, 'drafts' | 'contents'>,
  o: { draftId: MessageId; attachment: OutgoingAttachment; cleansPictures?: boolean },
): Promise<AttachedFile> {
  requireRoom(mailbox, o);
  const picture = o.cleansPictures === true ? withoutDetails(o.attachment.content) : undefined;
  const octets = picture?.outcome === 'cleaned' ? picture.content : o.attachment.content;
  const attached = await mailbox.contents.stage(octets, (content) => {
    // Once more: other files may have been added meanwhile.
    requireRoom(mailbox, o);
    const id = AttachmentId.parse(services.random.uuid());
    return mailbox.drafts.attach({ draftId: o.draftId, id, attachment: { ...o.attachment, content } });
  });
  return { ...attached, ...notesOf(picture, o.attachment) };
}

function requireRoom(
  mailbox: Pick<Mailbox, 'drafts'>,
  o: { readonly draftId: MessageId; readonly attachment: OutgoingAttachment },
): void {
  const { attachments } = mailbox.drafts.get(o.draftId);
  const size = attachments.reduce((sum, attachment) => sum + attachment.size, o.attachment.content.byteLength);
  if (size > MAX_ATTACHMENT_BYTES) {
    throw new PosthornError('too-large', 'Attachments of one message may have 25 MB in all. This file was not added.');
  }
  if (attachments.length >= MAX_ATTACHMENTS) {
    throw new PosthornError('too-many', 'A message may have 100 attachments. This file was not added.');
  }
}

/** What the window is told of a picture beside what is attached. */
function notesOf(picture: PictureOutcome | undefined, attachment: OutgoingAttachment): Partial<AttachedFile> {
  if (picture?.outcome === 'cleaned') return { detailsRemoved: true };
  const mayBeLeft = picture?.outcome === 'unclear' || (picture?.outcome === 'other' && isPicture(attachment));
  return mayBeLeft ? { detailsMayBeLeft: true } : {};
}

const PICTURE_NAME = /\.(?:jpe?g|png|apng|webp|gif|hei[cf]s?|avif|tiff?|bmp|dng|cr[23]|nef|arw)$/iu;

/** Whether people take a file for a picture, though its octets are none that we know. */
function isPicture({ contentType, filename }: OutgoingAttachment): boolean {
  return /^image\//iu.test(contentType) || PICTURE_NAME.test(filename);
}

/** Deletes a draft and its attachments. Throws `message-unknown` for a message that is no draft. */
export function discardDraft(mailbox: Pick<Mailbox, 'messages' | 'drafts'>, draftId: MessageId): void {
  mailbox.messages.delete([mailbox.drafts.get(draftId).id]);
}
