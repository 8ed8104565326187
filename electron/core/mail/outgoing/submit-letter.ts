import { PosthornError } from '../../../../shared/errors';
import { AttachmentId, MessageId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../domain/limits';
import { withoutDetails } from '../../domain/pictures/without-details';
import type { OutgoingAttachment } from '../../ports/mime';
import type { Mailbox, Services } from '../mailbox';
import { newSubmitted, requireKey, type Leaving } from './new-submitted';

/** What another program of the person has written. */
export type Letter = Omit<Leaving, 'messageId'> & {
  readonly subject: string;
  readonly html?: string;
  readonly attachments: readonly OutgoingAttachment[];
  /** As in `NewLetter`. */
  readonly digest?: string;
};

/**
 * The way out of what was no draft here: queued as by `submitMessage`, and committed when it resolves.
 * `cleansPictures` as in `attachFile`. Answers under what id it is queued, also when it was before. Throws what
 * `newSubmitted` throws, `too-large` and `too-many` for its files, and `disk-full`; then nothing of it is kept.
 */
export async function submitLetter(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  { cleansPictures, ...letter }: Letter & { readonly cleansPictures: boolean },
): Promise<MessageId> {
  requireKey(mailbox);
  requireRoom(letter.attachments);
  const files = letter.attachments.map((file) => (cleansPictures ? cleaned(file) : file));
  const { messageId, isNew } = await mailbox.contents.stageAll(
    files.map(({ content }) => content),
    (contents) => {
      const submitted = newSubmitted(services, mailbox, {
        ...letter,
        messageId: MessageId.parse(services.random.uuid()),
      });
      return mailbox.outbox.submitLetter({
        ...submitted,
        from: mailbox.identity().address,
        subject: letter.subject,
        text: letter.text,
        ...present({ html: letter.html, digest: letter.digest }),
        attachments: files.map((file, index) => ({
          ...file,
          id: AttachmentId.parse(services.random.uuid()),
          content: contents[index] ?? file.content,
        })),
      });
    },
  );
  if (isNew) mailbox.changes.queued('person');
  return messageId;
}

/** A picture that is found to be one loses what it says about place, time and camera. */
function cleaned(file: OutgoingAttachment): OutgoingAttachment {
  const picture = withoutDetails(file.content);
  return picture.outcome === 'cleaned' ? { ...file, content: picture.content } : file;
}

function requireRoom(files: readonly OutgoingAttachment[]): void {
  if (files.reduce((sum, { content }) => sum + content.length, 0) > MAX_ATTACHMENT_BYTES)
    throw new PosthornError('too-large', 'Attachments of one message may have 25 MB in all. It was not sent.');
  if (files.length > MAX_ATTACHMENTS)
    throw new PosthornError('too-many', 'A message may have 100 attachments. It was not sent.');
}
