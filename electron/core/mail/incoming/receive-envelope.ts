import type { MailAddress } from '../../../../shared/ids';
import { custodyText, type CustodyReceipt } from '../../domain/custody/custody';
import { envelopeText } from '../../domain/custody/envelope';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import { replyToMimeRefusal, smtpReplies } from '../../domain/smtp-replies';
import type { SmtpReply } from '../../domain/refusals';
import type { EnvelopeFacts } from '../../ports/custody-crypto';
import type { NewNote } from '../../ports/custody-store';
import type { StoredContact } from '../../ports/mail-records';
import type { HeldEnvelope } from '../../ports/mime';
import { acceptMessage, type Accepted, type ReceiveServices } from './accept-message';
import type { Mailbox, Services } from '../mailbox';
import { Refusal } from './unseal-message';
import { noteHeldArrival, type HandedOverBy } from '../custody/recipient/record-arrival';
import { makeNote } from '../control/send-control';

type Envelope = Extract<HeldEnvelope, { outcome: 'envelope' }>;

/**
 * Mail from nobody (`MAIL FROM:<>`): an envelope that a holder hands over. What is inside is accepted like any other
 * mail of its sender, who must have signed what else stands in the envelope. Throws `Refusal`.
 */
export async function receiveEnvelope(
  services: ReceiveServices & Pick<Services, 'holdingCrypto' | 'events'>,
  mailbox: Mailbox,
  raw: Uint8Array,
): Promise<SmtpReply> {
  const envelope = await services.mime.parseEnvelope(raw);
  if (envelope.outcome === 'refused') throw new Refusal(replyToMimeRefusal(envelope.reason));
  const { facts, raw: message } = await open(services, mailbox, envelope);
  const isSigned = hasSigned(services, mailbox, { facts, message });
  const isTold = ({ from }: { readonly from: MailAddress }): boolean =>
    isSigned && mailboxOf(from) === mailboxOf(facts.sender);
  const receiptFor: Parameters<typeof acceptMessage>[2]['receiptFor'] = (inner, contact) =>
    isTold(inner) ? receiptOf(services, mailbox, { inner, contact }) : undefined;
  const accepted = await acceptMessage(services, mailbox, { mailFrom: facts.sender, raw: message, receiptFor });
  if (accepted.inner && isTold(accepted.inner)) noteArrival(services, mailbox, { envelope, facts, accepted });
  return accepted.reply;
}

/** Only contacts are answered: whoever else writes must not learn when this machine is on. */
function receiptOf(
  services: ReceiveServices,
  mailbox: Mailbox,
  { inner, contact }: { inner: { readonly messageId: string }; contact: StoredContact },
): NewNote {
  const note = { kind: 'receipt', messageId: inner.messageId, at: services.clock.now(), action: 'delivered' } as const;
  return makeNote(services, mailbox, { to: contact.address, note });
}

async function open(
  services: Pick<Services, 'pgp' | 'holdingCrypto'>,
  mailbox: Mailbox,
  { sealed }: Envelope,
): Promise<{ facts: EnvelopeFacts; raw: Uint8Array }> {
  const { keys, retired } = mailbox.identity();
  const opened = await services.pgp.openAnonymous({
    sealed,
    secretKey: keys.secretKey,
    retired: retired.map(({ secretKey }) => secretKey),
  });
  const unpacked = opened.outcome === 'opened' ? services.holdingCrypto.unpackEnvelope(opened.content) : undefined;
  if (!unpacked) throw new Refusal(smtpReplies.notReadable);
  return unpacked;
}

function hasSigned(
  { holdingCrypto }: Pick<Services, 'holdingCrypto'>,
  mailbox: Mailbox,
  o: { facts: EnvelopeFacts; message: Uint8Array },
): boolean {
  const { signature, ...facts } = o.facts;
  const text = envelopeText({
    ...facts,
    recipient: mailbox.identity().address,
    digest: holdingCrypto.digest(o.message),
  });
  return holdingCrypto.verify({ onion: onionOf(facts.sender), text, signature });
}

function noteArrival(
  services: ReceiveServices & Pick<Services, 'holdingCrypto' | 'events'>,
  mailbox: Mailbox,
  o: { envelope: Envelope; facts: EnvelopeFacts; accepted: Accepted },
): void {
  const by = handedOverBy(services, mailbox, o.envelope);
  try {
    noteHeldArrival(mailbox, { facts: o.facts, accepted: o.accepted, ...(by ? { by } : {}) });
  } catch {
    // The mail is stored; what else could be told of its way is not worth a second copy.
    services.log.error('envelope.not-noted');
  }
}

function handedOverBy(
  { holdingCrypto }: Pick<Services, 'holdingCrypto'>,
  mailbox: Mailbox,
  { mark, held }: Envelope,
): HandedOverBy | undefined {
  if (!mark) return undefined;
  const receipt: CustodyReceipt = {
    ...mark.receipt,
    client: onionOf(mailbox.identity().address),
    digest: holdingCrypto.digest(held),
  };
  const isTrue = holdingCrypto.verify({
    onion: receipt.holder,
    text: custodyText(receipt),
    signature: receipt.signature,
  });
  return isTrue ? { receipt, left: mark.left } : undefined;
}
