import { AttachmentId, MessageId } from '../../../shared/ids';
import { chooseFolder, judgeProtection } from '../domain/accept-policy';
import { mailboxOf } from '../domain/mail-address';
import { previewOf } from '../domain/preview';
import { replyToKeyRefusal, smtpReplies } from '../domain/smtp-replies';
import { threadOf } from '../domain/threading';
import { PosthornError } from '../../../shared/errors';
import type { IncomingMail, NewReceived, SmtpReply } from '../ports';
import { findSigner } from './find-signer';
import { keepKey } from './trust/keep-key';
import { judgeSender, learnFromMail } from './trust/learn-from-mail';
import type { Mailbox, Services } from './services';
import { Refusal, unsealMessage, type UnsealedMessage } from './unseal-message';

type ReceiveServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'mime' | 'log' | 'onionKeys'>;
type Parsed = UnsealedMessage['inner'];

/**
 * The way in: checks, unseals, verifies and stores one mail. Answers 250 only when it is committed (or was before, or
 * its sender is blocked); 4xx when the sender shall keep it and try again; 5xx when it can never be taken.
 */
export async function receiveMessage(services: ReceiveServices, mailbox: Mailbox, incoming: IncomingMail): Promise<SmtpReply> {
  try {
    return await acceptMessage(services, mailbox, incoming);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    const isFull = error instanceof PosthornError && error.code === 'disk-full';
    services.log.error('receive.failed', { diskFull: isFull });
    return isFull ? smtpReplies.diskFull : smtpReplies.tryLater;
  }
}

async function acceptMessage(services: ReceiveServices, mailbox: Mailbox, incoming: IncomingMail): Promise<SmtpReply> {
  const { inner, signedMessage } = await unsealMessage(services, mailbox, incoming);
  const signer = await findSigner(services, mailbox, { inner, signedMessage });
  if (signer.outcome === 'unknown') throw new Refusal(replyToKeyRefusal(signer.reason));
  if (signer.outcome === 'not-by-sender') throw new Refusal(smtpReplies.signatureInvalid);

  // Its 250 was lost on the way: it needs no room any more.
  if (mailbox.mail.hasReceived({ from: inner.from, rfcMessageId: inner.messageId })) return smtpReplies.stored;
  const sender = await judgeSender(services, mailbox, { inner, signer });
  if (sender.contact?.blocked) return smtpReplies.stored;
  const folder = folderFor(mailbox, inner, sender);
  const contact = sender.contact && signer.key ? keepKey(services, mailbox, { contact: sender.contact, key: signer.key }) : sender.contact;
  await mailbox.mail.receive({ ...rowOf(services, mailbox, { inner, raw: incoming.raw, folder }), ...(sender.introducedBy ? { introducedBy: sender.introducedBy } : {}) });
  if (contact) await learn(services, mailbox, { contact, isNewKey: contact !== sender.contact, inner, signer });
  return smtpReplies.stored;
}

/** The mail is stored: whatever becomes of the keys in it, its sender need not send it again. */
async function learn(services: ReceiveServices, mailbox: Mailbox, o: Parameters<typeof learnFromMail>[2]): Promise<void> {
  try {
    await learnFromMail(services, mailbox, o);
  } catch (error) {
    services.log.error('receive.keys-not-learned', { posthorn: error instanceof PosthornError });
  }
}

function folderFor(mailbox: Mailbox, inner: Parsed, sender: Awaited<ReturnType<typeof judgeSender>>): 'inbox' | 'requests' {
  const isKnown = sender.contact !== undefined || sender.introducedBy !== undefined;
  const chosen = chooseFolder({
    isKnown,
    requestsFromSender: isKnown ? 0 : mailbox.mail.messagesFrom(mailboxOf(inner.from), 'requests').length,
    requestsInAll: isKnown ? 0 : mailbox.mail.counts().requests,
  });
  if ('reply' in chosen) throw new Refusal(chosen.reply);
  return chosen.folder;
}

function rowOf(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Mailbox,
  o: { inner: Parsed; raw: Uint8Array; folder: 'inbox' | 'requests' },
): NewReceived {
  const { inner } = o;
  const { bcc, to, cc } = inner;
  const addressedTo = [...to, ...cc, ...bcc];
  return {
    id: MessageId.parse(services.random.uuid()),
    rfcMessageId: inner.messageId,
    threadId: threadOf({
      rfcMessageId: inner.messageId,
      inReplyTo: inner.inReplyTo,
      references: inner.references,
      find: (rfcMessageId) => mailbox.mail.reference({ rfcMessageId }),
    }),
    ...(inner.inReplyTo === undefined ? {} : { inReplyTo: inner.inReplyTo }),
    references: inner.references,
    folder: o.folder,
    from: inner.from,
    to,
    cc,
    bcc,
    subject: inner.subject,
    preview: previewOf(inner.text),
    date: inner.date,
    storedAt: services.clock.now(),
    size: o.raw.byteLength,
    ...judgeProtection({ mailbox: mailbox.identity().address, addressedTo, headersProtected: inner.headersProtected }),
    text: inner.text,
    ...(inner.html === undefined ? {} : { html: inner.html }),
    attachments: inner.attachments.map((attachment) => ({ ...attachment, id: AttachmentId.parse(services.random.uuid()) })),
    raw: o.raw,
  };
}
