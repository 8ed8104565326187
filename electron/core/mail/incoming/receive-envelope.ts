import type { MailAddress } from '../../../../shared/ids';
import { custodyText, type CustodyReceipt } from '../../domain/custody/custody';
import { heldEnvelopeText } from '../../domain/custody/envelope';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import { receiptTime } from '../../domain/published-time';
import { replyToMimeRefusal, smtpReplies } from '../../domain/smtp-replies';
import type { SmtpReply } from '../../domain/refusals';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import type { NewControl } from '../../ports/storage/custody-records';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { HeldEnvelope } from '../../ports/mime';
import type { Arrivals } from './arrivals';
import { acceptMessage, type Accepted, type ReceiveServices } from './accept-message';
import type { Mailbox, Services } from '../mailbox';
import { Refusal } from './refusal';
import { creditHolder, recordArrival, type HandedOverBy } from '../custody/recipient/record-arrival';
import { makeControl } from '../control/send-control';

type Envelope = Extract<HeldEnvelope, { outcome: 'envelope' }>;

/**
 * Receives a held envelope, which a holder hands over with an empty sender (`MAIL FROM:<>`). The message inside is
 * accepted like any other mail of its sender; what else stands in the envelope counts only when this sender has signed
 * it. Throws `Refusal`.
 */
export async function receiveHeldEnvelope(
  services: ReceiveServices & Pick<Services, 'custodyCrypto' | 'events'>,
  mailbox: Mailbox,
  { raw, arrivals }: { readonly raw: Uint8Array; readonly arrivals: Arrivals },
): Promise<SmtpReply> {
  const envelope = await services.mime.parseHeldEnvelope(raw);
  if (envelope.outcome === 'refused') throw new Refusal(replyToMimeRefusal(envelope.reason));
  const { facts, raw: message } = await open(services, mailbox, envelope);
  const isSigned = await hasSigned(services, mailbox, { facts, message });
  const isTold = ({ from }: { readonly from: MailAddress }): boolean =>
    isSigned && mailboxOf(from) === mailboxOf(facts.sender);
  const receiptFor: Parameters<typeof acceptMessage>[2]['receiptFor'] = (head, contact) =>
    isTold(head) ? receiptOf(services, mailbox, { head, contact }) : undefined;
  const accepted = await acceptMessage(services, mailbox, {
    mailFrom: facts.sender,
    raw: message,
    arrivals,
    isHeld: true,
    receiptFor,
  });
  if (accepted.head && isTold(accepted.head))
    arrivals.followUps.add({ of: mailboxOf(facts.sender), fault: 'envelope.not-noted' }, () =>
      recordHandedOver(services, mailbox, { envelope, facts, accepted, arrivals }),
    );
  return accepted.reply;
}

/** The receipt for the sender. Only contacts get one: a stranger must not learn when this machine is on. */
function receiptOf(
  services: ReceiveServices,
  mailbox: Pick<Mailbox, 'identity'>,
  { head, contact }: { head: { readonly messageId: string }; contact: StoredContact },
): NewControl {
  const control = {
    kind: 'receipt',
    messageId: head.messageId,
    at: receiptTime(services.clock.now()),
    action: 'delivered',
  } as const;
  return makeControl(services, mailbox, { to: contact.address, control });
}

async function open(
  services: Pick<Services, 'pgp' | 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'identity'>,
  { sealed }: Envelope,
): Promise<{ facts: HeldEnvelopeFacts; raw: Uint8Array }> {
  const { keys, retired } = mailbox.identity();
  const opened = await services.pgp.openAnonymous({
    sealed,
    secretKey: keys.secretKey,
    retired: retired.map(({ secretKey }) => secretKey),
  });
  const unpacked = opened.outcome === 'opened' ? services.custodyCrypto.unpackHeldEnvelope(opened.content) : undefined;
  if (!unpacked) throw new Refusal(smtpReplies.notReadable);
  return unpacked;
}

async function hasSigned(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'identity'>,
  o: { facts: HeldEnvelopeFacts; message: Uint8Array },
): Promise<boolean> {
  const { signature, ...facts } = o.facts;
  const text = heldEnvelopeText({
    ...facts,
    recipient: mailbox.identity().address,
    digest: await custodyCrypto.digest(o.message),
  });
  return custodyCrypto.verify({ onion: onionOf(facts.sender), text, signature });
}

/**
 * Records what the envelope tells of its way. The mail is stored already: a fault here must not cost a second copy, nor
 * this work delay the 250.
 */
async function recordHandedOver(
  services: ReceiveServices & Pick<Services, 'custodyCrypto' | 'events'>,
  mailbox: Pick<Mailbox, 'custody' | 'identity' | 'changes'>,
  o: { envelope: Envelope; facts: HeldEnvelopeFacts; accepted: Accepted; arrivals: Arrivals },
): Promise<void> {
  const by = await handedOverBy(services, mailbox, o.envelope);
  const { contact, head, outcome } = o.accepted;
  const { gaps, collected } = o.arrivals;
  if (by) creditHolder(mailbox, collected, by);
  if (contact && head) recordArrival(mailbox, gaps, { facts: o.facts, contact, messageId: head.messageId, outcome });
}

async function handedOverBy(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'identity'>,
  { mark, held }: Envelope,
): Promise<HandedOverBy | undefined> {
  if (!mark) return undefined;
  const receipt: CustodyReceipt = {
    ...mark.receipt,
    client: onionOf(mailbox.identity().address),
    digest: await custodyCrypto.digest(held),
  };
  const isTrue = custodyCrypto.verify({
    onion: receipt.holder,
    text: custodyText(receipt),
    signature: receipt.signature,
  });
  return isTrue ? { receipt, left: mark.left } : undefined;
}
