import { AttachmentId, MessageId } from '../../../../shared/ids';
import { chooseFolder, judgeProtection } from '../../domain/accept-policy';
import { mailboxOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import { replyToKeyRefusal, smtpReplies } from '../../domain/smtp-replies';
import { threadOf } from '../../domain/threading';
import { present } from '../../../../shared/present';
import type { ControlMessage } from '../../../../shared/control-message';
import type { MailAddress } from '../../../../shared/ids';
import type { SmtpReply } from '../../domain/refusals';
import type { NewControl } from '../../ports/custody-store';
import type { NewReceived, StoredContact } from '../../ports/mail-records';
import { findSigner } from '../trust/find-signer';
import { learnKey } from '../trust/learn-key';
import { acceptControl } from '../control/accept-control';
import type { Arrivals } from './arrivals';
import { limitRequest } from './limit-request';
import { judgeSender, learnFromMail, type Sender } from '../trust/learn-from-mail';
import type { Mailbox, Services } from '../mailbox';
import { Refusal } from './refusal';
import { unsealMessage, type UnsealedMessage } from './unseal-message';

export type ReceiveServices = Pick<
  Services,
  'clock' | 'random' | 'pgp' | 'mime' | 'log' | 'events' | 'onion' | 'onionKeys' | 'custodyCrypto'
>;
type Parsed = UnsealedMessage['inner'];

/**
 * What became of a mail that was not refused. `dropped`: from somebody blocked, or a control message that says nothing
 * to us.
 */
export type Accepted = {
  readonly reply: SmtpReply;
  readonly outcome: 'stored' | 'duplicate' | 'control' | 'dropped';
  readonly inner?: Parsed;
  /** The sender, where it is somebody we know. */
  readonly contact?: StoredContact;
};

type Incoming = {
  readonly mailFrom: MailAddress;
  readonly raw: Uint8Array;
  readonly arrivals: Arrivals;
  /**
   * What a contact is told when it is stored, in the same commit: a crash right after it must not leave them without.
   */
  readonly receiptFor?: (inner: Parsed, contact: StoredContact) => NewControl | undefined;
};

/** One message of somebody, however it came; throws `Refusal`. */
export async function acceptMessage(
  services: ReceiveServices,
  mailbox: Mailbox,
  incoming: Incoming,
): Promise<Accepted> {
  const { inner, signedMessage, octets } = await unsealMessage(services, mailbox, incoming);
  // What earlier mail has taught counts for this one, and who sends faster than it is learned waits.
  await incoming.arrivals.followUps.caughtUp();
  const signer = await findSigner(services, mailbox, { inner, signedMessage });
  if (signer.outcome === 'unknown') throw new Refusal(replyToKeyRefusal(signer.reason));
  if (signer.outcome === 'not-by-sender') throw new Refusal(smtpReplies.signatureInvalid);

  // Its 250 was lost on the way: it needs no room any more.
  if (mailbox.mail.hasReceived({ from: inner.from, rfcMessageId: inner.messageId })) return repeated(mailbox, inner);
  const sender = await judgeSender(services, mailbox, { inner, signer });
  if (sender.contact?.blocked) return { reply: smtpReplies.stored, outcome: 'dropped' };
  const contact =
    sender.contact && signer.key
      ? learnKey(services, mailbox, { contact: sender.contact, key: signer.key })
      : sender.contact;
  const outcome = inner.control
    ? act(services, mailbox, { inner, control: inner.control, sender, incoming, ...present({ contact }) })
    : await store(services, mailbox, { inner, sender, incoming, octets, ...present({ contact }) });
  if (contact) {
    const { keyBlocks, notices } = inner;
    const isNewKey = contact !== sender.contact;
    // Whatever becomes of the keys in it, the mail is stored, and its sender need not send it again.
    incoming.arrivals.followUps.add('receive.keys-not-learned', () =>
      learnFromMail(services, mailbox, { contact, isNewKey, inner: { keyBlocks, notices }, signer }),
    );
  }
  return { reply: smtpReplies.stored, outcome, inner, ...present({ contact }) };
}

type Storing = {
  readonly inner: Parsed;
  readonly sender: Sender;
  readonly incoming: Incoming;
  readonly octets: number;
  readonly contact?: StoredContact;
};

type Acting = Pick<Storing, 'inner' | 'sender' | 'incoming' | 'contact'> & { readonly control: ControlMessage };

/** What a program says takes effect before its 250: it is not said again. */
function act(
  services: ReceiveServices,
  mailbox: Mailbox,
  { inner, control, sender, incoming, contact }: Acting,
): 'control' | 'dropped' {
  const { provedCode } = sender;
  const table = incoming.arrivals.controlTable;
  const outcome = acceptControl(services, mailbox, { ...present({ contact, provedCode }), table, control, inner });
  if (contact) mailbox.mail.recordArrived({ contactId: contact.id, messageId: inner.messageId });
  return outcome;
}

async function store(
  services: ReceiveServices,
  mailbox: Mailbox,
  { inner, sender, incoming, octets, contact }: Storing,
): Promise<'stored' | 'duplicate'> {
  const { raw, receiptFor } = incoming;
  const folder = folderFor(mailbox, { inner, sender, size: octets });
  const row = rowOf(services, mailbox, { inner: folder === 'requests' ? limitRequest(inner) : inner, raw, folder });
  const { introducedBy } = sender;
  const receipt = contact && receiptFor?.(inner, contact);
  const arrivedFrom = contact?.id;
  return (await mailbox.mail.receive({ ...row, ...present({ introducedBy, receipt, arrivedFrom }) })).outcome;
}

function repeated(mailbox: Mailbox, inner: Parsed): Accepted {
  const contact = mailbox.mail.contact(mailboxOf(inner.from));
  return { reply: smtpReplies.stored, outcome: 'duplicate', inner, ...present({ contact }) };
}

function folderFor(
  mailbox: Mailbox,
  { inner, sender, size }: { inner: Parsed; sender: Sender; size: number },
): 'inbox' | 'requests' {
  const isKnown = sender.contact !== undefined || sender.introducedBy !== undefined;
  const chosen = chooseFolder({
    isKnown,
    size,
    requestsFromSender: isKnown ? 0 : mailbox.mail.messagesFrom(mailboxOf(inner.from), 'requests').length,
    requestsInAll: isKnown ? 0 : mailbox.mail.counts().requests,
  });
  if ('reply' in chosen) throw new Refusal(chosen.reply);
  return chosen.folder;
}

/** What the store is given of an arrived message; the thread, the preview and the badge are decided here. */
export function rowOf(
  services: { readonly clock: Pick<Services['clock'], 'now'>; readonly random: Pick<Services['random'], 'uuid'> },
  mailbox: Pick<Mailbox, 'identity' | 'mail'>,
  o: { inner: Parsed & { readonly droppedAttachments?: number }; raw: Uint8Array; folder: 'inbox' | 'requests' },
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
    ...present({ inReplyTo: inner.inReplyTo }),
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
    ...present({ html: inner.html }),
    attachments: inner.attachments.map((attachment) => ({
      ...attachment,
      id: AttachmentId.parse(services.random.uuid()),
    })),
    raw: o.raw,
    ...present({ droppedAttachments: inner.droppedAttachments }),
  };
}
