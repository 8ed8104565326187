import { agreementWithHolder } from '../../../domain/custody/agreement';
import type { CustodyReceipt } from '../../../domain/custody/custody';
import type { HeldEnvelopeFacts } from '../../../ports/custody-crypto';
import type { StoredContact } from '../../../ports/mail-records';
import type { Mailbox } from '../../mailbox';
import type { CollectProgress } from './collect-progress';
import type { GapWatch } from './gap-watch';

/** By whom an envelope was kept, when it has truly signed for these octets. `left`: how many more it says it has. */
export type HandedOverBy = { readonly receipt: CustodyReceipt; readonly left: number };

type Arrival = {
  readonly facts: HeldEnvelopeFacts;
  readonly contact: StoredContact;
  readonly messageId: string;
  readonly outcome: 'stored' | 'duplicate' | 'control' | 'dropped';
};

/**
 * After mail came by way of a holder: whose token it used up, and what its sender has left with holders and did not
 * arrive. The receipt for the sender was queued with the mail.
 */
export function recordArrival(
  mailbox: Mailbox,
  gaps: Pick<GapWatch, 'envelopeCame'>,
  { facts, contact, messageId, outcome }: Arrival,
): void {
  if (contact.blocked) return;
  // Of holders that are ours: what else the sender names would be counted for ever.
  if (agreementWithHolder(mailbox.mail.agreements(), facts.holder))
    mailbox.mail.recordTokenUsed({ contactId: contact.id, holder: facts.holder, index: facts.tokenIndex });
  gaps.envelopeCame({ contactId: contact.id, facts, messageId });
  if (outcome === 'stored') mailbox.changes.queued();
  mailbox.changes.custody();
}

/**
 * One copy of a message may come from each holder; the same copy again means that our 250 was lost, or that it is
 * replayed.
 */
export function creditHolder(mailbox: Mailbox, collected: Pick<CollectProgress, 'handedOver'>, by: HandedOverBy): void {
  const agreement = agreementWithHolder(mailbox.mail.agreements(), by.receipt.holder);
  if (!agreement) return;
  const { faults, handedOver } = agreement;
  const isRepeated = collected.handedOver({
    custodyId: by.receipt.custodyId,
    holder: by.receipt.holder,
    left: by.left,
  });
  mailbox.mail.changeAgreement(
    agreement.id,
    isRepeated ? { faults: { ...faults, replayed: faults.replayed + 1 } } : { handedOver: handedOver + 1 },
  );
}
