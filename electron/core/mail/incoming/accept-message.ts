import { AttachmentId, MessageId } from '../../../../shared/ids';
import { chooseFolder, judgeProtection } from '../../domain/accept-policy';
import { doubtsClock } from '../../domain/doubt-clock';
import { mailboxOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import { replyToKeyRefusal, smtpReplies } from '../../domain/smtp-replies';
import { threadOf } from '../../domain/threading';
import { present } from '../../../../shared/present';
import type { ControlMessage } from '../../../../shared/control-message';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { SmtpReply } from '../../domain/refusals';
import type { NewControl } from '../../ports/storage/custody-records';
import type { NewReceived, StoredContact } from '../../ports/storage/mail-records';
import { findSigner, type Signer } from '../trust/find-signer';
import { learnKey, recordRevoked } from '../trust/learn-key';
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
 * What became of a mail that was not refused. `dropped`: from a blocked contact, or a control message that does not
 * count.
 */
export type Accepted = {
  readonly reply: SmtpReply;
  readonly outcome: 'stored' | 'duplicate' | 'control' | 'dropped';
  readonly inner?: Parsed;
  /** The sender, if they are a contact. */
  readonly contact?: StoredContact;
};

type Incoming = {
  readonly mailFrom: MailAddress;
  readonly raw: Uint8Array;
  readonly arrivals: Arrivals;
  /**
   * The control message that a contact gets when their mail is stored. It is queued in the same commit: a crash right
   * after it must not leave the contact without.
   */
  readonly receiptFor?: (inner: Parsed, contact: StoredContact) => NewControl | undefined;
};

/** Accepts one message, directly from its sender or through a holder. Throws `Refusal`. */
export async function acceptMessage(
  services: ReceiveServices,
  mailbox: Mailbox,
  incoming: Incoming,
): Promise<Accepted> {
  const { inner, signedMessage, octets } = await unsealMessage(services, mailbox, incoming);
  await incoming.arrivals.followUps.caughtUp(waitsFor(mailbox, inner.from));
  const signer = await provenSigner(services, mailbox, { inner, signedMessage });

  // The 250 to the first copy was lost on the way: this one needs no room.
  if (mailbox.messages.hasReceived({ from: inner.from, rfcMessageId: inner.messageId }))
    return repeated(mailbox, inner);
  const sender = await judgeSender(services, mailbox, { inner, signer });
  if (sender.contact?.blocked) return { reply: smtpReplies.stored, outcome: 'dropped' };
  const contact =
    sender.contact && signer.key
      ? learnKey(services, mailbox, { contact: sender.contact, key: signer.key })
      : sender.contact;
  const outcome = inner.control
    ? act(services, mailbox, { inner, control: inner.control, sender, incoming, ...present({ contact }) })
    : await store(services, mailbox, { inner, sender, incoming, octets, signedBy: signer.by, ...present({ contact }) });
  if (contact) {
    const { keyBlocks, notices } = inner;
    const isNewKey = contact !== sender.contact;
    // The mail is stored even when its keys cannot be learned: its sender need not send it again.
    incoming.arrivals.followUps.add({ of: contact.address, fault: 'receive.keys-not-learned' }, () =>
      learnFromMail(services, mailbox, { contact, isNewKey, inner: { keyBlocks, notices }, signer }),
    );
  }
  return { reply: smtpReplies.stored, outcome, inner, ...present({ contact }) };
}

/**
 * Who signed, if the From onion certifies them; else throws `Refusal`. Of what is refused nothing is written but a
 * revocation, which proves itself: the key that it ends, or the onion, has signed it.
 */
async function provenSigner(
  services: ReceiveServices,
  mailbox: Mailbox,
  o: Pick<UnsealedMessage, 'inner' | 'signedMessage'>,
): Promise<Extract<Signer, { outcome: 'certified' }>> {
  const signer = await findSigner(services, mailbox, o);
  for (const refusal of signer.refusals) recordRevoked(services, mailbox, mailboxOf(o.inner.from), refusal);
  if (signer.outcome === 'certified') return signer;
  if (signer.outcome === 'not-by-sender') throw new Refusal(smtpReplies.signatureInvalid);
  if (signer.outcome === 'too-early') throw new Refusal(smtpReplies.tooEarly);
  const isClockDoubtful = doubtsClock({
    now: services.clock.now(),
    certifiedAt: mailbox.identity().certifiedAt,
    torWarns: services.onion.status().warning === 'clock-skew',
  });
  throw new Refusal(replyToKeyRefusal(signer.reason, { isClockDoubtful }));
}

/**
 * What earlier mail has taught counts for this one. A contact waits for their own mail alone, so that nobody else's can
 * hold theirs up; whether a stranger was introduced may stand in anybody's, so strangers wait for all.
 */
function waitsFor(mailbox: Pick<Mailbox, 'contacts'>, from: MailAddress): MailAddress | undefined {
  return mailbox.contacts.find(mailboxOf(from))?.address;
}

type Storing = {
  readonly inner: Parsed;
  readonly sender: Sender;
  readonly incoming: Incoming;
  readonly octets: number;
  readonly signedBy: Fingerprint;
  readonly contact?: StoredContact;
};

type Acting = Pick<Storing, 'inner' | 'sender' | 'incoming' | 'contact'> & { readonly control: ControlMessage };

/** A control message takes effect before its 250, because its sender does not send it again. */
function act(
  services: ReceiveServices,
  mailbox: Mailbox,
  { inner, control, sender, incoming, contact }: Acting,
): 'control' | 'dropped' {
  const { provedCode } = sender;
  const table = incoming.arrivals.controlTable;
  const outcome = acceptControl(services, mailbox, { ...present({ contact, provedCode }), table, control, inner });
  if (contact) mailbox.custody.asRecipient.recordArrived({ contactId: contact.id, messageId: inner.messageId });
  return outcome;
}

async function store(
  services: ReceiveServices,
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
  { inner, sender, incoming, octets, signedBy, contact }: Storing,
): Promise<'stored' | 'duplicate'> {
  const { raw, receiptFor } = incoming;
  const folder = folderFor(mailbox, { inner, sender, size: octets });
  const row = rowOf(services, mailbox, { inner: folder === 'requests' ? limitRequest(inner) : inner, raw, folder });
  const signer = { fingerprint: signedBy, ...present({ introducedBy: sender.introducedBy }) };
  const receipt = contact && receiptFor?.(inner, contact);
  const arrivedFrom = contact?.id;
  return (await mailbox.messages.receive({ ...row, signer, ...present({ receipt, arrivedFrom }) })).outcome;
}

function repeated(mailbox: Pick<Mailbox, 'contacts'>, inner: Parsed): Accepted {
  const contact = mailbox.contacts.find(mailboxOf(inner.from));
  return { reply: smtpReplies.stored, outcome: 'duplicate', inner, ...present({ contact }) };
}

function folderFor(
  mailbox: Pick<Mailbox, 'messages'>,
  { inner, sender, size }: { inner: Parsed; sender: Sender; size: number },
): 'inbox' | 'requests' {
  const isKnown = sender.contact !== undefined || sender.introducedBy !== undefined;
  const chosen = chooseFolder({
    isKnown,
    size,
    requestsFromSender: isKnown ? 0 : mailbox.messages.from(mailboxOf(inner.from), 'requests').length,
    requestsInAll: isKnown ? 0 : mailbox.messages.counts().requests,
  });
  if ('reply' in chosen) throw new Refusal(chosen.reply);
  return chosen.folder;
}

/** The row of an arrived message for the store; its thread, preview and badge are decided here. */
export function rowOf(
  services: { readonly clock: Pick<Services['clock'], 'now'>; readonly random: Pick<Services['random'], 'uuid'> },
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
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
      find: (rfcMessageId) => mailbox.messages.reference({ rfcMessageId }),
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
