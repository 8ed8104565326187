import type { OnionHost } from '../../../../../shared/ids';
import { onionOf } from '../../../domain/mail-address';
import type { CustodyReceipt } from '../../../domain/custody/custody';
import type { EnvelopeFacts } from '../../../ports/custody-crypto';
import type { Agreement } from '../../../ports/custody-store';
import type { Accepted } from '../../incoming/accept-message';
import type { Mailbox } from '../../mailbox';

/** By whom an envelope was kept, when it has truly signed for these octets. `left`: how many more it says it has. */
export type HandedOverBy = { readonly receipt: CustodyReceipt; readonly left: number };

type Arrival = { readonly facts: EnvelopeFacts; readonly accepted: Accepted; readonly by?: HandedOverBy };

/**
 * After mail came by way of a holder: whose token it used up, and what its sender has left with holders and did not
 * arrive. The receipt for the sender was queued with the mail.
 */
export function noteHeldArrival(mailbox: Mailbox, { facts, accepted, by }: Arrival): void {
  const { contact, inner, outcome } = accepted;
  if (by) creditHolder(mailbox, by);
  if (!contact || contact.blocked || !inner) return;
  // Of holders that are ours: what else the sender names would be counted for ever.
  if (agreementWith(mailbox, facts.holder))
    mailbox.mail.noteTokenUsed({ contactId: contact.id, holder: facts.holder, index: facts.tokenIndex });
  mailbox.post.noteEnvelope({ contactId: contact.id, facts, messageId: inner.messageId });
  if (outcome === 'stored') mailbox.post.wake();
  mailbox.post.refreshHolding();
}

/**
 * One copy of a message may come from each holder; the same copy again means that our 250 was lost, or that it is
 * replayed.
 */
function creditHolder(mailbox: Mailbox, by: HandedOverBy): void {
  const agreement = agreementWith(mailbox, by.receipt.holder);
  if (!agreement) return;
  const { faults, handedOver } = agreement;
  const isRepeated = mailbox.post.noteHandOver({
    custodyId: by.receipt.custodyId,
    holder: by.receipt.holder,
    left: by.left,
  });
  mailbox.mail.changeAgreement(
    agreement.id,
    isRepeated ? { faults: { ...faults, replayed: faults.replayed + 1 } } : { handedOver: handedOver + 1 },
  );
}

function agreementWith({ mail }: Mailbox, holder: OnionHost): Agreement | undefined {
  return mail.agreements().find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
}
