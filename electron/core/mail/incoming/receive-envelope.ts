import type { MailAddress } from '../../../../shared/ids';
import { custodyText, type CustodyReceipt } from '../../domain/custody/custody';
import { heldEnvelopeText } from '../../domain/custody/envelope';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import { replyToMimeRefusal, smtpReplies } from '../../domain/smtp-replies';
import type { SmtpReply } from '../../domain/refusals';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';
import type { NewControl } from '../../ports/custody-store';
import type { StoredContact } from '../../ports/mail-records';
import type { HeldEnvelope } from '../../ports/mime';
import type { Arrivals } from './arrivals';
import { acceptMessage, type Accepted, type ReceiveServices } from './accept-message';
import type { Mailbox, Services } from '../mailbox';
import { Refusal } from './refusal';
import { creditHolder, recordArrival, type HandedOverBy } from '../custody/recipient/record-arrival';
import { makeControl } from '../control/send-control';

type Envelope = Extract<HeldEnvelope, { outcome: 'envelope' }>;

/**
 * Mail from nobody (`MAIL FROM:<>`): an envelope that a holder hands over. What is inside is accepted like any other
 * mail of its sender, who must have signed what else stands in the envelope. Throws `Refusal`.
 */
export async function receiveHeldEnvelope(
  services: ReceiveServices & Pick<Services, 'custodyCrypto' | 'events'>,
  mailbox: Mailbox,
  { raw, arrivals }: { readonly raw: Uint8Array; readonly arrivals: Arrivals },
): Promise<SmtpReply> {
  const envelope = await services.mime.parseHeldEnvelope(raw);
  if (envelope.outcome === 'refused') throw new Refusal(replyToMimeRefusal(envelope.reason));
  const { facts, raw: message } = await open(services, mailbox, envelope);
  const isSigned = hasSigned(services, mailbox, { facts, message });
  const isTold = ({ from }: { readonly from: MailAddress }): boolean =>
    isSigned && mailboxOf(from) === mailboxOf(facts.sender);
  const receiptFor: Parameters<typeof acceptMessage>[2]['receiptFor'] = (inner, contact) =>
    isTold(inner) ? receiptOf(services, mailbox, { inner, contact }) : undefined;
  const accepted = await acceptMessage(services, mailbox, {
    mailFrom: facts.sender,
    raw: message,
    arrivals,
    receiptFor,
  });
  if (accepted.inner && isTold(accepted.inner))
    arrivals.followUps.add('envelope.not-noted', () => {
      recordHandedOver(services, mailbox, { envelope, facts, accepted, arrivals });
    });
  return accepted.reply;
}

/** Only contacts are answered: whoever else writes must not learn when this machine is on. */
function receiptOf(
  services: ReceiveServices,
  mailbox: Mailbox,
  { inner, contact }: { inner: { readonly messageId: string }; contact: StoredContact },
): NewControl {
  const control = {
    kind: 'receipt',
    messageId: inner.messageId,
    at: services.clock.now(),
    action: 'delivered',
  } as const;
  return makeControl(services, mailbox, { to: contact.address, control });
}

async function open(
  services: Pick<Services, 'pgp' | 'custodyCrypto'>,
  mailbox: Mailbox,
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

function hasSigned(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  mailbox: Mailbox,
  o: { facts: HeldEnvelopeFacts; message: Uint8Array },
): boolean {
  const { signature, ...facts } = o.facts;
  const text = heldEnvelopeText({
    ...facts,
    recipient: mailbox.identity().address,
    digest: custodyCrypto.digest(o.message),
  });
  return custodyCrypto.verify({ onion: onionOf(facts.sender), text, signature });
}

/** The mail is stored; what else could be told of its way is not worth a second copy, nor time before its 250. */
function recordHandedOver(
  services: ReceiveServices & Pick<Services, 'custodyCrypto' | 'events'>,
  mailbox: Mailbox,
  o: { envelope: Envelope; facts: HeldEnvelopeFacts; accepted: Accepted; arrivals: Arrivals },
): void {
  const by = handedOverBy(services, mailbox, o.envelope);
  const { contact, inner, outcome } = o.accepted;
  const { gaps, collected } = o.arrivals;
  if (by) creditHolder(mailbox, collected, by);
  if (contact && inner) recordArrival(mailbox, gaps, { facts: o.facts, contact, messageId: inner.messageId, outcome });
}

function handedOverBy(
  { custodyCrypto }: Pick<Services, 'custodyCrypto'>,
  mailbox: Mailbox,
  { mark, held }: Envelope,
): HandedOverBy | undefined {
  if (!mark) return undefined;
  const receipt: CustodyReceipt = {
    ...mark.receipt,
    client: onionOf(mailbox.identity().address),
    digest: custodyCrypto.digest(held),
  };
  const isTrue = custodyCrypto.verify({
    onion: receipt.holder,
    text: custodyText(receipt),
    signature: receipt.signature,
  });
  return isTrue ? { receipt, left: mark.left } : undefined;
}
