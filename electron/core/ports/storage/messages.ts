import type { AttachmentId, MailAddress, MessageId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { ListFilter, SortedPlace } from '../../../../shared/lists/list-view';
import type { ListSort } from '../../../../shared/message';
import type { Folder, MessageDetail, MessageSummary } from '../../../../shared/message';
import type { NewServed } from '../../domain/served/served-octets';
import type { NewReceived } from './mail-records';
import type { OutgoingAttachment } from '../mime';

/**
 * Newest first, in the order of writing, without `sort`. `before` is where the last row seen stands in that order
 * (`placeBy`).
 */
export type PageRequest = {
  readonly folder: MailboxRef;
  readonly sort?: ListSort;
  readonly filters?: readonly ListFilter[];
  readonly before?: SortedPlace;
  readonly limit: number;
};

/** Messages of one identity, whatever mailbox they are in: one at a time. */
export type Messages = {
  /**
   * Concurrent calls share one commit. A (from, rfcMessageId) that is already there is a duplicate. Requests have a
   * budget on the disk: past it older ones of a stranger with more give way and are deleted, or there is no room.
   * `served`: what other programs see of it; without, it is made from text and files.
   */
  receive(
    message: NewReceived,
    served?: NewServed,
  ): Promise<
    | { readonly outcome: 'stored'; readonly summary: MessageSummary }
    | { readonly outcome: 'duplicate' }
    | { readonly outcome: 'no-room' }
  >;
  /** Whether `receive` would call it a duplicate, stored or deleted since. */
  hasReceived(by: Pick<NewReceived, 'from' | 'rfcMessageId'>): boolean;
  page(o: PageRequest): { readonly messages: MessageSummary[]; readonly more: boolean };
  /** Oldest first, in the order of writing. */
  thread(threadId: string): MessageSummary[];
  /** The unread one that arrived last. */
  lastUnread(folder: MailboxRef): MessageSummary | undefined;
  detail(messageId: MessageId): MessageDetail;
  raw(messageId: MessageId): Promise<Uint8Array>;
  attachment(messageId: MessageId, attachmentId: AttachmentId): Promise<OutgoingAttachment>;
  /** Thread id, references and id of a stored message, for a reply or an arriving answer. */
  reference(by: { messageId: MessageId } | { rfcMessageId: string }):
    | {
        readonly messageId: MessageId;
        readonly rfcMessageId: string;
        readonly threadId: string;
        readonly references: readonly string[];
        /** Another program put it here: nobody knows to whom it was written, and where its names come from. */
        readonly isPutByProgram?: true;
      }
    | undefined;
  setFlags(messageIds: readonly MessageId[], flags: { seen?: boolean; flagged?: boolean }): void;
  /**
   * Only mail that is neither being written nor delivered, and into mailboxes that take it (`takesMail`). Throws
   * `message-unknown`, `mailbox-unknown` or `mailbox-refused`, and has moved none then.
   */
  move(messageIds: readonly MessageId[], folder: MailboxRef): void;
  /** Only rows in trash, drafts or requests; others are `message-unknown`. */
  delete(messageIds: readonly MessageId[]): void;
  /** Of this mailbox, under any tag. */
  from(address: MailAddress, folder: Folder): MessageId[];
};
