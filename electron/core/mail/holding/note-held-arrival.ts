import type { OnionHost } from '../../../../shared/ids';
import { onionOf } from '../../domain/mail-address';
import type { Agreement, CustodyReceipt, EnvelopeFacts } from '../../ports';
import type { Accepted } from '../accept-message';
import type { Mailbox, Services } from '../services';
import { sendNote } from './send-note';

/** By whom an envelope was kept, when it has truly signed for these octets. `left`: how many more it says it has. */
export type HandedOverBy = { readonly receipt: CustodyReceipt; readonly left: number };

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
  // Of holders that are ours: what else the sender names would be counted for ever.
  if (agreementWith(mailbox, facts.holder)) mailbox.mail.noteTokenUsed({ contactId: contact.id, holder: facts.holder, index: facts.tokenIndex });
  mailbox.post.noteEnvelope({ contactId: contact.id, facts, messageId: inner.messageId });
  if (outcome === 'stored') sendNote(services, mailbox, { to: contact.address, note: { kind: 'receipt', messageId: inner.messageId, at: services.clock.now(), action: 'delivered' } });
  mailbox.post.refreshHolding();
}

/** One copy of a message may come from each holder; the same copy again means that our 250 was lost, or that it is replayed. */
function creditHolder(mailbox: Mailbox, by: HandedOverBy): void {
  const agreement = agreementWith(mailbox, by.receipt.holder);
  if (!agreement) return;
  const { faults, handedOver } = agreement;
  const isRepeated = mailbox.post.noteHandOver({ custodyId: by.receipt.custodyId, holder: by.receipt.holder, left: by.left });
  mailbox.mail.changeAgreement(agreement.id, isRepeated ? { faults: { ...faults, replayed: faults.replayed + 1 } } : { handedOver: handedOver + 1 });
}

function agreementWith({ mail }: Mailbox, holder: OnionHost): Agreement | undefined {
  return mail.agreements().find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
}
