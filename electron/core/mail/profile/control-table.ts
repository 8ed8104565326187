import type { ControlTable } from '../control/control-message';
import { acceptAnswer, acceptAsk, acceptEnd, acceptExpired } from '../custody/answer-agreement';
import { acceptTokens } from '../custody/holder/accept-tokens';
import { acceptHolderList } from '../custody/sender/accept-holder-list';
import { acceptMissing, acceptReadReceipt, acceptReceipt } from '../custody/sender/accept-receipt';
import { takeAnswer, takeInvitation } from '../lists/take-invitation';
import { takeBatch } from '../lists/take-batch';
import { acceptPrivateOnion } from '../presence/private-onions';

/** Every kind of control message and the use case that acts on it. A new kind is one line here. */
export const controlTable: ControlTable = {
  'hold.ask': acceptAsk,
  'hold.answer': acceptAnswer,
  'hold.end': acceptEnd,
  'hold.tokens': acceptTokens,
  'hold.expired': acceptExpired,
  'hold.card': acceptHolderList,
  missing: acceptMissing,
  receipt: acceptReceipt,
  read: acceptReadReceipt,
  door: acceptPrivateOnion,
  'list.invite': takeInvitation,
  'list.answer': takeAnswer,
  'list.batch': takeBatch,
};
