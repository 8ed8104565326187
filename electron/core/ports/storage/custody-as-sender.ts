import type { HolderList } from '../../../../shared/wire/control-message';
import type { ContactId, DeliveryId, MailAddress, OnionHost } from '../../../../shared/ids';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { Content } from './contents';
import type { Custody } from './custody-records';

/** Mail that we leave with other people's holders: who these are, the copies there, and what became of the copies. */
export type CustodyAsSender = {
  holderList(contactId: ContactId): HolderList | undefined;
  /** Replaces an older one. Tokens go on from where they were. */
  putHolderList(o: { contactId: ContactId; card: HolderList }): void;
  /** A holder that refused is left alone until then. */
  holderRestsUntil(o: { contactId: ContactId; holder: OnionHost }): number | undefined;
  restHolder(o: { contactId: ContactId; holder: OnionHost; until: number }): void;
  custodies(deliveryId: DeliveryId): Custody[];
  /**
   * Takes the next token number for this holder, for one copy of one delivery. A number whose copy no holder answered
   * for is taken first.
   */
  takeToken(o: { contactId: ContactId; holder: OnionHost }): number;
  /** Numbers the delivery among those to this contact that go to holders, once and for all. */
  counterOf(o: { contactId: ContactId; deliveryId: DeliveryId }): number;
  putCustody(o: { custody: Custody; envelope: Content }): void;
  heldEnvelopeOf(o: { deliveryId: DeliveryId; holder: OnionHost }): Promise<Uint8Array | undefined>;
  /**
   * Ends `sending`, drops the envelope; with a receipt the delivery becomes `held` and its life is made as long as the
   * custody.
   */
  settleCustody(o: { deliveryId: DeliveryId; holder: OnionHost; receipt?: CustodyReceipt }): void;
  /** Unfinished deliveries to a contact that have a receipt, newest first. */
  outstanding(contactId: ContactId): {
    readonly deliveryId: DeliveryId;
    readonly rfcMessageId: string;
    readonly counter: number;
    readonly receipts: readonly CustodyReceipt[];
  }[];
  /** A delivery of ours by the Message-ID of its message and its recipient's mailbox, finished or not; for receipts. */
  deliveryOf(o: { rfcMessageId: string; recipient: MailAddress }): DeliveryId | undefined;
};
