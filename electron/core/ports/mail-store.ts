import type { AttachmentId, ContactId, DeliveryId, MailAddress, MessageId } from '../../../shared/ids';
import type {
  AttachmentSummary,
  Delivery,
  Draft,
  DraftContent,
  Folder,
  FolderCounts,
  MessageDetail,
  MessageSummary,
} from '../../../shared/message';
import type { DeliveryChange } from '../domain/delivery-outcome';
import type { HoldingStore } from './custody-store';
import type { ContactChange, NewReceived, NewSubmitted, QueuedMessage, StoredContact } from './mail-records';
import type { OutgoingAttachment } from './mime';
import type { RingStore } from './ring-store';

/**
 * One identity's mail: the only SQL of the core. Every write is one transaction, committed with synchronous=FULL when
 * it returns or resolves, and publishes its events right after the commit. Throws `PosthornError` with `disk-full`,
 * `store-damaged` or `…-unknown`; a write that throws has changed nothing.
 */
export type MailStore = RingStore &
  HoldingStore & {
    /** Concurrent calls share one commit. A (from, rfcMessageId) that is already there is a duplicate. */
    receive(
      message: NewReceived,
    ): Promise<{ readonly outcome: 'stored'; readonly summary: MessageSummary } | { readonly outcome: 'duplicate' }>;
    /** Whether `receive` would call it a duplicate, stored or deleted since. */
    hasReceived(by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean;
    page(o: { folder: Folder; before?: number; limit: number }): {
      readonly messages: MessageSummary[];
      readonly more: boolean;
    };
    search(o: { text: string; limit: number }): MessageSummary[];
    thread(threadId: string): MessageSummary[];
    detail(messageId: MessageId): MessageDetail;
    raw(messageId: MessageId): Uint8Array;
    attachment(messageId: MessageId, attachmentId: AttachmentId): OutgoingAttachment;
    /** Thread id, references and id of a stored message, for a reply or an arriving answer. */
    reference(by: { messageId: MessageId } | { rfcMessageId: string }):
      | {
          readonly messageId: MessageId;
          readonly rfcMessageId: string;
          readonly threadId: string;
          readonly references: readonly string[];
        }
      | undefined;
    setFlags(messageIds: readonly MessageId[], flags: { seen?: boolean; flagged?: boolean }): void;
    move(messageIds: readonly MessageId[], folder: Folder): void;
    /** Only rows in trash, drafts or requests; others are `message-unknown`. */
    delete(messageIds: readonly MessageId[]): void;
    counts(): FolderCounts;
    /** Of this mailbox, under any tag. */
    messagesFrom(address: MailAddress, folder: Folder): MessageId[];

    saveDraft(o: { id: MessageId; isNew: boolean; content: DraftContent; now: number; from: MailAddress }): Draft;
    draft(id: MessageId): Draft;
    attach(o: { draftId: MessageId; id: AttachmentId; attachment: OutgoingAttachment }): AttachmentSummary;
    detach(o: { draftId: MessageId; attachmentId: AttachmentId }): void;

    /** Draft row → outbox row with its deliveries, in one commit. */
    submit(message: NewSubmitted): MessageSummary;
    queued(messageId: MessageId): QueuedMessage;
    /** Keeps final bytes for these deliveries; the first call also makes them the message's `raw`. */
    putSealed(o: { messageId: MessageId; deliveryIds: readonly DeliveryId[]; raw: Uint8Array }): void;
    /** Final bytes of a delivery, or undefined when it is not sealed yet. */
    sealed(deliveryId: DeliveryId): Uint8Array | undefined;
    /** Whether it is sealed; a message may be large, and is not read for this. */
    isSealed(deliveryId: DeliveryId): boolean;
    /**
     * Forgets the sealed bytes of what waits, so that it is sealed anew with a key that has changed, and left with
     * holders anew; what is being sent goes out as it is.
     */
    dropSealed(): void;
    /** Oldest first; `withControl`: also of notes, which no folder shows. */
    deliveries(o?: { unfinishedOnly?: boolean; withControl?: boolean }): Delivery[];
    delivery(id: DeliveryId): Delivery;
    /** How long a delivery has been tried for, in milliseconds of running time, and when last. */
    tryTime(id: DeliveryId): { readonly ms: number; readonly at?: number };
    /**
     * Outcome of a try in one write. When the last delivery of a message is finished (delivered, failed or cancelled)
     * the message moves from outbox to sent and its sealed copies other than `raw` are dropped; a note is gone. Writes
     * the history, and drops what was being handed to holders.
     */
    changeDelivery(id: DeliveryId, change: DeliveryChange): Delivery;

    contacts(): StoredContact[];
    contact(by: ContactId | MailAddress): StoredContact | undefined;
    addContact(contact: StoredContact): StoredContact;
    updateContact(id: ContactId, change: ContactChange): StoredContact;
    removeContact(id: ContactId): void;
    /** Newest onion certification ever seen for an address, in or out of the address book (rollback guard). */
    newestCertification(address: MailAddress): number | undefined;
    recordCertification(address: MailAddress, certifiedAt: number): void;

    close(): void;
  };
