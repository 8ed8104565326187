import type { OnionHost } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Agreement, EnvelopeFacts, StoredContact } from '../../ports';
import type { Accepted } from '../receive-message';
import type { Mailbox, Services } from '../services';
import type { HandedOverBy } from './receive-envelope';
import { sendNote } from './send-note';

type NoteServices = Pick<Services, 'clock' | 'random'>;
type Arrival = { readonly facts: EnvelopeFacts; readonly accepted: Accepted; readonly by?: HandedOverBy };

/**
 * After mail came by way of a holder: whose token it used up, what its sender has left with holders and did not arrive, and the receipt for the sender.
 * Only contacts are answered: whoever else writes must not learn when this machine is on.
 */
export function noteHeldArrival(services: NoteServices, mailbox: Mailbox, { facts, accepted, by }: Arrival): void {
  const { contact, inner, outcome } = accepted;
  if (by) creditHolder(mailbox, by);
  if (!contact || contact.blocked || !inner) return;
  mailbox.mail.noteTokenUsed({ contactId: contact.id, holder: facts.holder, index: facts.tokenIndex });
  askForMissing(services, mailbox, { contact, facts, messageId: inner.messageId });
  if (outcome === 'stored') sendNote(services, mailbox, { to: contact.address, note: { kind: 'receipt', messageId: inner.messageId, at: services.clock.now(), action: 'delivered' } });
  mailbox.post.refreshHolding();
}

/** Tells the sender what a holder signed for and did not hand over, so that it is sent again. */
function askForMissing(services: NoteServices, mailbox: Mailbox, o: { contact: StoredContact; facts: EnvelopeFacts; messageId: string }): void {
  const missing = mailbox.mail.noteEnvelope({ contactId: o.contact.id, facts: o.facts, messageId: o.messageId, now: services.clock.now() });
  const holders = new Set(missing.map(({ holder }) => holder));
  for (const holder of holders) {
    const messageIds = missing.filter((each) => each.holder === holder).map(({ messageId }) => messageId);
    sendNote(services, mailbox, { to: o.contact.address, note: { kind: 'missing', messageIds, ...(holder === undefined ? {} : { holder }) } });
    if (holder !== undefined) blame(mailbox, holder, { missing: messageIds.length });
  }
}

/** One copy of a message may come from each holder; the same copy again means that our 250 was lost, or that it is replayed. */
function creditHolder(mailbox: Mailbox, by: HandedOverBy): void {
  const agreement = agreementWith(mailbox, by.receipt.holder);
  if (!agreement) return;
  if (mailbox.post.noteHandOver({ custodyId: by.receipt.custodyId, holder: by.receipt.holder, left: by.left })) blame(mailbox, by.receipt.holder, { replayed: 1 });
  else mailbox.mail.changeAgreement(agreement.id, { handedOver: agreement.handedOver + 1 });
}

function blame(mailbox: Mailbox, holder: OnionHost, fault: { missing?: number; replayed?: number }): void {
  const agreement = agreementWith(mailbox, holder);
  if (!agreement) return;
  const { missing, replayed, expired } = agreement.faults;
  mailbox.mail.changeAgreement(agreement.id, { faults: { missing: missing + (fault.missing ?? 0), replayed: replayed + (fault.replayed ?? 0), expired } });
}

function agreementWith({ mail }: Mailbox, holder: OnionHost): Agreement | undefined {
  return mail.agreements().find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
}
