import { PosthornError } from '../../../../../shared/errors';
import type { MailAddress } from '../../../../../shared/ids';
import { present } from '../../../../../shared/present';
import { letterReplies, replyToLetterError, replyToLetterRefusal } from '../../../domain/clients/letter-replies';
import { renameContentIds } from '../../../domain/clients/rename-content-ids';
import { onionOf } from '../../../domain/mail-address';
import type { SmtpReply } from '../../../domain/refusals';
import type { SubmittedLetter } from '../../../ports/mime';
import type { Submission } from '../../../ports/submission';
import { checkAddress } from '../../contacts/require-address';
import type { Mailbox, Services } from '../../mailbox';
import { submitLetter, type Letter } from '../../outgoing/submit-letter';
import { answeredBy } from './answered-by';
import { ownMessageId } from './own-message-id';
import { placeRecipients } from './place-recipients';

export type SubmitServices = Pick<Services, 'clock' | 'random' | 'onionKeys' | 'mime' | 'custodyCrypto' | 'log'>;
type Parsed = Extract<SubmittedLetter, { outcome: 'parsed' }>;

/**
 * The way out for other programs: reads their letter off this thread, and queues what the window would have queued of
 * it. Of its header only From, To, Cc, Subject, Message-ID, In-Reply-To and References count; nothing else of it
 * leaves. Answers 250 when it is committed, and for one that was committed within some hours, which is not sent again.
 * Never rejects.
 * @param o.mailboxes those that the program may write for
 */
export async function submitOctets(
  services: SubmitServices,
  o: {
    readonly mailboxes: () => readonly Mailbox[];
    readonly cleansPictures: boolean;
    readonly submission: Submission;
  },
): Promise<SmtpReply> {
  try {
    const read = await services.mime.readSubmitted(o.submission.octets);
    if (read.outcome === 'refused') return replyToLetterRefusal(read.reason);
    const mailbox = o.mailboxes().find((each) => each.identity().address === read.from);
    if (!mailbox) return letterReplies.notYourFrom;
    const letter = await letterOf(services, mailbox, { read, recipients: o.submission.recipients });
    const digest = read.messageId && (await digestOf(services, o.submission));
    const id = await submitLetter(services, mailbox, {
      ...letter,
      ...present({ digest }),
      cleansPictures: o.cleansPictures,
    });
    return { ...letterReplies.queued, text: `Queued as ${id}` };
  } catch (error) {
    const reply = replyToLetterError(error instanceof PosthornError ? error.code : undefined);
    services.log.error('submission.failed', { reply: reply.code });
    return reply;
  }
}

async function letterOf(
  services: SubmitServices,
  mailbox: Mailbox,
  { read, recipients }: { read: Parsed; recipients: readonly string[] },
): Promise<Letter> {
  const can = (addresses: readonly string[]): MailAddress[] => reachable(services, addresses);
  const named = { to: can(read.to), cc: can(read.cc), bcc: can(read.bcc), envelope: can(recipients) };
  const placed = placeRecipients(named);
  const onion = onionOf(mailbox.identity().address);
  const rfcMessageId = read.messageId && (await ownMessageId(services, { messageId: read.messageId, onion }));
  const page = renameContentIds(
    { html: read.html, text: read.text, files: read.attachments },
    () => `${services.random.uuid()}@${onion}`,
  );
  return {
    ...placed,
    ...(await answeredBy(services, mailbox, { claimed: read, people: [...placed.to, ...placed.cc] })),
    ...present({ rfcMessageId, html: page.html }),
    subject: read.subject,
    text: page.text,
    attachments: page.files.map(({ filename, contentType, content, contentId }) => ({
      filename,
      contentType,
      content,
      ...present({ contentId }),
    })),
  };
}

/**
 * Of one letter to the same people: a program that has lost our answer submits it once more, octet for octet. One
 * without a Message-ID may well be meant to go twice.
 */
async function digestOf(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  { mailFrom, recipients, octets }: Submission,
): Promise<string> {
  const lines = ['submission', await custodyCrypto.digest(octets), mailFrom, ...[...recipients].sort()];
  return custodyCrypto.digest(new TextEncoder().encode(lines.join('\n')));
}

/** In their canonical form. A header may name anybody; those of the envelope were refused when they came. */
function reachable(services: Pick<Services, 'onionKeys'>, addresses: readonly string[]): MailAddress[] {
  return addresses.flatMap((text) => {
    const checked = checkAddress(services, text);
    return checked.outcome === 'ok' ? [checked.address] : [];
  });
}
