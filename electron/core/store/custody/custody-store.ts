import type { HoldingStore } from '../../ports/custody-store';
import { createAgreements } from './agreements';
import { createCustodies } from './custodies';
import { createDeliveryTokens } from './issued-tokens';
import { createPrivateOnions } from '../access/private-onions';
import type { GroupCommit } from '../sql/group-commit';
import { createHeldMail } from './held-mail';
import { createHoldTokens } from './accepted-tokens';
import { createHolderLists } from './holder-lists';
import { createMessageHistory } from '../messages/message-history';
import { createMissingMail } from './missing-mail';
import { createOutstandingMail } from './outstanding-mail';
import { createControlMessages } from '../control/control-messages';
import type { StoreParts } from '../sql/store-parts';

/** Everything that holders, receipts and private identities need remembered of one identity. */
export function createHoldingStore(parts: StoreParts, group: GroupCommit): HoldingStore {
  return {
    ...createAgreements(parts),
    ...createHoldTokens(parts),
    ...createHeldMail(parts, group),
    ...createDeliveryTokens(parts),
    ...createHolderLists(parts),
    ...createCustodies(parts),
    ...createOutstandingMail(parts),
    ...createMissingMail(parts),
    ...createMessageHistory(parts),
    ...createControlMessages(parts),
    ...createPrivateOnions(parts),
  };
}
