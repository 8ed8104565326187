import { agreementWithHolder } from '../../../domain/custody/agreement';
import type { CustodyReceipt } from '../../../domain/custody/custody';
import type { HeldEnvelopeFacts } from '../../../ports/custody-crypto';
import type { StoredContact } from '../../../ports/storage/mail-records';
import type { Mailbox } from '../../mailbox';
import type { CollectProgress } from './collect-progress';
import type { GapWatch } from './gap-watch';

/**
 * The receipt of the holder that handed an envelope over, truly signed for these octets. `left`: how many more
 * envelopes the holder says it has.
 */
export type HandedOverBy = { readonly receipt: CustodyReceipt; readonly left: number };

type Arrival = {
  readonly facts: HeldEnvelopeFacts;
  readonly contact: StoredContact;
  readonly messageId: string;
  readonly outcome: 'stored' | 'duplicate' | 'control' | 'dropped';
};

/**
 * Records that mail came through a holder: which token it used up, and which messages its sender has left with holders
 * that did not arrive. The receipt for the sender was queued with the mail.
 */
export function recordArrival(
  mailbox: Pick<Mailbox, 'custody' | 'changes'>,
  gaps: Pick<GapWatch, 'envelopeCame'>,
  { facts, contact, messageId, outcome }: Arrival,
): void {
  if (contact.blocked) return;
  // Only for holders of ours: a sender could name any others, and each would be counted for ever.
  if (agreementWithHolder(mailbox.custody.agreements.all(), facts.holder))
    mailbox.custody.asRecipient.recordTokenUsed({
      contactId: contact.id,
      holder: facts.holder,
      index: facts.tokenIndex,
    });
  gaps.envelopeCame({ contactId: contact.id, facts, messageId });
  if (outcome === 'stored') mailbox.changes.queued();
  mailbox.changes.custody();
}

/**
 * Counts a handed over envelope for its holder. Each holder may hand over one copy of a message; the same copy again
 * means that our 250 was lost, or that the holder replays it.
 */
export function creditHolder(
  mailbox: Pick<Mailbox, 'custody'>,
  collected: Pick<CollectProgress, 'handedOver'>,
  by: HandedOverBy,
): void {
  const agreement = agreementWithHolder(mailbox.custody.agreements.all(), by.receipt.holder);
  if (!agreement) return;
  const { faults, handedOver } = agreement;
  const isRepeated = collected.handedOver({
    custodyId: by.receipt.custodyId,
    holder: by.receipt.holder,
    left: by.left,
  });
  mailbox.custody.agreements.change(
    agreement.id,
    isRepeated ? { faults: { ...faults, replayed: faults.replayed + 1 } } : { handedOver: handedOver + 1 },
  );
}
