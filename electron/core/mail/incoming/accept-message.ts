import { AttachmentId, MessageId } from '../../../../shared/ids';
import { authenticationResults } from '../../domain/served/authentication-results';
import { chooseFolder, judgeProtection, noRoomForRequest } from '../../domain/accept-policy';
import { doubtsClock } from '../../domain/trust/doubt-clock';
import { lacksKey, replyToUnproven } from '../../domain/judge-unproven';
import { mailboxOf } from '../../domain/mail-address';
import { previewOf } from '../../domain/preview';
import { smtpReplies } from '../../domain/smtp-replies';
import { present } from '../../../../shared/present';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { SmtpReply } from '../../domain/refusals';
import type { InnerBodies } from '../../ports/mime';
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
type Head = UnsealedMessage['head'];

/**
 * What became of a mail that was not refused. `dropped`: from a blocked contact, or a control message that does not
 * count.
 */
export type Accepted = {
  readonly reply: SmtpReply;
  readonly outcome: 'stored' | 'duplicate' | 'control' | 'dropped';
  readonly head?: Head;
  /** The sender, if they are a contact. */
  readonly contact?: StoredContact;
};

type Incoming = {
  readonly mailFrom: MailAddress;
  readonly raw: Uint8Array;
  readonly arrivals: Arrivals;
  /** A holder hands it over; it does not come from its sender. */
  readonly isHeld?: boolean;
  /**
   * The control message that a contact gets when their mail is stored. It is queued in the same commit: a crash right
   * after it must not leave the contact without.
   */
  readonly receiptFor?: (head: Head, contact: StoredContact) => NewControl | undefined;
};

/**
 * Accepts one message, directly from its sender or through a holder. Its bodies are read when its sender is proved, its
 * folder has room, and it is no copy: what is refused costs no more than its head. Throws `Refusal`, and PosthornError
 * `unreadable-content`.
 */
export async function acceptMessage(
  services: ReceiveServices,
  mailbox: Mailbox,
  incoming: Incoming,
): Promise<Accepted> {
  const unsealed = await unsealMessage(services, mailbox, incoming);
  const { head } = unsealed;
  await incoming.arrivals.followUps.caughtUp(waitsFor(mailbox, head.from));
  const signer = await provenSigner(services, mailbox, { ...unsealed, incoming });

  // The 250 to the first copy was lost on the way: this one needs no room.
  if (mailbox.messages.hasReceived({ from: head.from, rfcMessageId: head.messageId })) return repeated(mailbox, head);
  const sender = await judgeSender(services, mailbox, { head, signer });
  if (sender.contact?.blocked) return { reply: smtpReplies.stored, outcome: 'dropped' };
  const contact =
    sender.contact && signer.key
      ? learnKey(services, mailbox, { contact: sender.contact, key: signer.key })
      : sender.contact;
  const outcome = head.control
    ? act(services, mailbox, { head, control: head.control, sender, incoming, ...present({ contact }) })
    : await store(services, mailbox, { unsealed, sender, incoming, signedBy: signer.by, ...present({ contact }) });
  if (contact) {
    const { keyBlocks, notices } = head;
    const isNewKey = contact !== sender.contact;
    // The mail is stored even when its keys cannot be learned: its sender need not send it again.
    incoming.arrivals.followUps.add({ of: contact.address, fault: 'receive.keys-not-learned' }, () =>
      learnFromMail(services, mailbox, { contact, isNewKey, head: { keyBlocks, notices }, signer }),
    );
  }
  if (outcome === 'stored') mailbox.changes.arrived();
  return { reply: smtpReplies.stored, outcome, head, ...present({ contact }) };
}

/**
 * Who signed, if the From onion certifies them; else throws `Refusal`. Of what is refused nothing is written but a
 * revocation, which proves itself: the key that it ends, or the onion, has signed it.
 */
async function provenSigner(
  services: ReceiveServices,
  mailbox: Mailbox,
  o: Pick<UnsealedMessage, 'head' | 'signedMessage'> & { readonly incoming: Incoming },
): Promise<Extract<Signer, { outcome: 'certified' }>> {
  const signer = await findOrAsk(services, mailbox, o);
  for (const revoked of signer.revoked) recordRevoked(services, mailbox, mailboxOf(o.head.from), revoked);
  if (signer.outcome === 'certified') return signer;
  const isClockDoubtful = doubtsClock({
    now: services.clock.now(),
    certifiedAt: mailbox.identity().certifiedAt,
    renews: !mailbox.identity().revoked,
    torWarns: services.onion.status().warning === 'clock-skew',
  });
  throw new Refusal(replyToUnproven(signer.facts, { isClockDoubtful }));
}

/**
 * Once more with the key that the onion of the sender serves, when the letter carries none that it certifies. For what
 * a holder hands over nobody is asked: a stranger would be told when this machine is on, at each offer once more.
 */
async function findOrAsk(
  services: ReceiveServices,
  mailbox: Mailbox,
  o: Parameters<typeof provenSigner>[2],
): Promise<Signer> {
  const { head, signedMessage, incoming } = o;
  const signer = await findSigner(services, mailbox, { head, signedMessage });
  if (signer.outcome === 'certified' || !lacksKey(signer.facts) || incoming.isHeld === true) return signer;
  const block = await incoming.arrivals.signers.ask(head.from);
  if (block === 'later') throw new Refusal(smtpReplies.keyNotReached);
  if (block === 'none') return signer;
  return findSigner(services, mailbox, { head: { ...head, keyBlocks: [block] }, signedMessage });
}

/**
 * What earlier mail has taught counts for this one. A contact waits for their own mail alone, so that nobody else's can
 * hold theirs up; whether a stranger was introduced may stand in anybody's, so strangers wait for all.
 */
function waitsFor(mailbox: Pick<Mailbox, 'contacts'>, from: MailAddress): MailAddress | undefined {
  return mailbox.contacts.find(mailboxOf(from))?.address;
}

type Storing = {
  readonly unsealed: UnsealedMessage;
  readonly sender: Sender;
  readonly incoming: Incoming;
  readonly signedBy: Fingerprint;
  readonly contact?: StoredContact;
};

type Acting = Pick<Storing, 'sender' | 'incoming' | 'contact'> & {
  readonly head: Head;
  readonly control: ControlMessage;
};

/** A control message takes effect before its 250, because its sender does not send it again. */
function act(
  services: ReceiveServices,
  mailbox: Mailbox,
  { head, control, sender, incoming, contact }: Acting,
): 'control' | 'dropped' {
  const { provedCode } = sender;
  const table = incoming.arrivals.controlTable;
  const outcome = acceptControl(services, mailbox, { ...present({ contact, provedCode }), table, control, head });
  if (contact) mailbox.custody.asRecipient.recordArrived({ contactId: contact.id, messageId: head.messageId });
  return outcome;
}

/** Reads the bodies of what has room, and stores it. Throws `Refusal`, and PosthornError `unreadable-content`. */
async function store(
  services: ReceiveServices,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'identity'>,
  { unsealed, sender, incoming, signedBy, contact }: Storing,
): Promise<'stored' | 'duplicate' | 'dropped'> {
  const { head, content } = unsealed;
  const { raw, receiptFor, isHeld = false } = incoming;
  folderFor(mailbox, { unsealed, sender, isHeld });
  const bodies = await services.mime.readBodies({
    content,
    from: head.from,
    isKnown: isKnown(sender),
    onTop: resultsOf(mailbox, { head, sender, signedBy, contact }),
  });
  // Once more, since time went by: the sender may be blocked now, and the last room be taken.
  if (mailbox.contacts.find(mailboxOf(head.from))?.blocked) return 'dropped';
  const folder = folderFor(mailbox, { unsealed, sender, isHeld });
  const kept = folder === 'requests' ? limitRequest(bodies) : bodies;
  const row = rowOf(services, mailbox, { inner: { ...head, ...kept }, raw, folder });
  const signer = { fingerprint: signedBy, ...present({ introducedBy: sender.introducedBy }) };
  const receipt = contact && receiptFor?.(head, contact);
  const arrivedFrom = contact?.id;
  const { outcome } = await mailbox.messages.receive(
    { ...row, signer, ...present({ receipt, arrivedFrom }) },
    bodies.served,
  );
  if (outcome === 'no-room') throw new Refusal(noRoomForRequest({ isHeld }));
  return outcome;
}

/** What other programs are told of its sender, as it is known now; of a stranger's mail they see what is kept. */
function resultsOf(
  mailbox: Pick<Mailbox, 'identity'>,
  o: { head: Head; sender: Sender; signedBy: Fingerprint; contact: StoredContact | undefined },
): string | undefined {
  const { head, sender, signedBy, contact } = o;
  if (!isKnown(sender)) return undefined;
  const by = mailbox.identity().address;
  const addressedTo = [...head.to, ...head.cc, ...head.bcc];
  return authenticationResults({
    by,
    from: head.from,
    ...judgeProtection({ mailbox: by, addressedTo, headersProtected: head.headersProtected }),
    signedBy,
    ...present({ introducedBy: sender.introducedBy, standing: contact?.standing.kind }),
  });
}

function repeated(mailbox: Pick<Mailbox, 'contacts'>, head: Head): Accepted {
  const contact = mailbox.contacts.find(mailboxOf(head.from));
  return { reply: smtpReplies.stored, outcome: 'duplicate', head, ...present({ contact }) };
}

function isKnown({ contact, introducedBy }: Sender): boolean {
  return contact !== undefined || introducedBy !== undefined;
}

function folderFor(
  mailbox: Pick<Mailbox, 'messages'>,
  { unsealed, sender, isHeld }: { unsealed: UnsealedMessage; sender: Sender; isHeld: boolean },
): 'inbox' | 'requests' {
  const known = isKnown(sender);
  const chosen = chooseFolder({
    isKnown: known,
    size: unsealed.octets,
    isHeld,
    requestsFromSender: known ? 0 : mailbox.messages.from(mailboxOf(unsealed.head.from), 'requests').length,
  });
  if ('reply' in chosen) throw new Refusal(chosen.reply);
  return chosen.folder;
}

/**
 * The row of an arrived message for the store; its preview and badge are decided here, its conversation in the
 * transaction that stores it.
 */
export function rowOf(
  services: { readonly clock: Pick<Services['clock'], 'now'>; readonly random: Pick<Services['random'], 'uuid'> },
  mailbox: Pick<Mailbox, 'identity'>,
  o: {
    inner: Head & InnerBodies & { readonly droppedAttachments?: number };
    raw: Uint8Array;
    folder: 'inbox' | 'requests';
  },
): NewReceived {
  const { inner } = o;
  const { bcc, to, cc } = inner;
  const addressedTo = [...to, ...cc, ...bcc];
  const id = MessageId.parse(services.random.uuid());
  return {
    id,
    rfcMessageId: inner.messageId,
    threadId: id,
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
