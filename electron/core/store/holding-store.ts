import type { HoldingStore } from '../ports/holding-store';
import { createAgreements } from './agreements';
import { createCustodies } from './custodies';
import { createDeliveryTokens } from './delivery-tokens';
import { createDoors } from './doors';
import type { GroupCommit } from './group-commit';
import { createHeldMail } from './held-mail';
import { createHoldTokens } from './hold-tokens';
import { createHolderCards } from './holder-cards';
import { createMessageHistory } from './message-history';
import { createMissingMail } from './missing-mail';
import { createOutstandingMail } from './outstanding-mail';
import { createPeerNotes } from './peer-notes';
import type { StoreParts } from './store-parts';

/** Everything that holders, receipts and private identities need remembered of one identity. */
export function createHoldingStore(parts: StoreParts, group: GroupCommit): HoldingStore {
  return {
    ...createAgreements(parts),
    ...createHoldTokens(parts),
    ...createHeldMail(parts, group),
    ...createDeliveryTokens(parts),
    ...createHolderCards(parts),
    ...createCustodies(parts),
    ...createOutstandingMail(parts),
    ...createMissingMail(parts),
    ...createMessageHistory(parts),
    ...createPeerNotes(parts),
    ...createDoors(parts),
  };
}
