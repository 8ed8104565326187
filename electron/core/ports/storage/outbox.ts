import type { HistoryEntry } from '../../../../shared/custody';
import type { DeliveryId, MessageId } from '../../../../shared/ids';
import type { Delivery, MessageSummary } from '../../../../shared/message';
import type { DeliveryChange } from '../../domain/delivery-outcome';
import type { Content } from './contents';
import type { Enclosures, NewLetter, NewSubmitted, QueuedMessage } from './mail-records';

/** `isNew`: it was queued now; else it is one that was queued a short time ago, by its `digest`. */
export type Submitted = { readonly messageId: MessageId; readonly isNew: boolean };

/** What was submitted, from the draft to the last word about its delivery. */
export type Outbox = {
  /** Draft row → outbox row with its deliveries, in one commit. */
  submit(message: NewSubmitted): MessageSummary;
  /** A letter that was no draft → outbox row with its deliveries, in one commit. */
  submitLetter(letter: NewLetter): Submitted;
  queued(messageId: MessageId): Promise<QueuedMessage>;
  /** Keeps final bytes for these deliveries; the first call also makes them the message's `raw`. */
  putSealed(o: {
    messageId: MessageId;
    deliveryIds: readonly DeliveryId[];
    raw: Content;
    /**
     * The key of each recipient, in the order of `deliveryIds`, when our own was certified, and the code of the only
     * recipient's card that the bytes carry.
     */
    with?: { readonly keys: readonly string[]; readonly certifiedAt: number; readonly scanCode?: string };
  }): void;
  /** Final bytes of a delivery, or undefined when it is not sealed yet. */
  sealed(deliveryId: DeliveryId): Promise<Uint8Array | undefined>;
  /** What final bytes were sealed with, as `putSealed` was told, and how often `sealAnew` followed a refusal. */
  sealing(deliveryId: DeliveryId): {
    readonly sealedTo?: string;
    readonly sealedWith?: number;
    readonly sealedAnew: number;
  };
  /** Forgets the sealed bytes of one delivery, and what holders have of them, although it is being sent just now. */
  sealAnew(deliveryId: DeliveryId, o?: { readonly afterRefusal: boolean }): void;
  /** Whether it is sealed; a message may be large, and is not read for this. */
  isSealed(deliveryId: DeliveryId): boolean;
  /**
   * Forgets the sealed bytes of what waits, so that it is sealed anew with a key that has changed, and left with
   * holders anew; what is being sent goes out as it is.
   */
  dropSealed(): void;
  /** Oldest first; `withControl`: also those of control messages, which no folder shows. */
  deliveries(o?: { unfinishedOnly?: boolean; withControl?: boolean }): Delivery[];
  delivery(id: DeliveryId): Delivery;
  /** How long a delivery has been tried for, in milliseconds of running time, and when last. */
  tryTime(id: DeliveryId): { readonly ms: number; readonly at?: number };
  /**
   * Outcome of a try in one write. When the last delivery of a message is finished (delivered, failed or cancelled)
   * the message moves from outbox to sent and its sealed copies other than `raw` are dropped; a control message is
   * deleted. Writes the history, and drops what was being handed to holders. A code that was delivered is not sent
   * again.
   */
  changeDelivery(id: DeliveryId, change: DeliveryChange): Delivery;
  /** Key blocks and notices that travel inside a queued message. */
  putEnclosures(o: { readonly messageId: MessageId; readonly enclosures: Enclosures }): void;
  enclosures(messageId: MessageId): Enclosures | undefined;
  /** Several tries in a row with the same reason are one entry. */
  addHistory(entry: Omit<HistoryEntry, 'holderContactId' | 'times' | 'recipient'>): void;
  history(messageId: MessageId): HistoryEntry[];
  recordRead(o: { deliveryId: DeliveryId; at: number }): void;
};
