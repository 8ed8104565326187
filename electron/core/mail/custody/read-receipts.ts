import type { MessageId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import { receiptTime } from '../../domain/published-time';
import { sendControl } from '../control/send-control';
import type { Mailbox, Owned, Services } from '../mailbox';

type Flags = { readonly seen?: boolean; readonly flagged?: boolean };

/**
 * Marks messages as read or flagged. Senders who get read receipts are told once that their message was read. Throws
 * `message-unknown`.
 */
export function setFlags(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'control' | 'changes'> & Owned,
  { messageIds, flags }: { readonly messageIds: readonly MessageId[]; readonly flags: Flags },
): void {
  markingAsRead(services, mailbox, {
    messageIds: flags.seen === true ? messageIds : [],
    mark: () => mailbox.messages.setFlags(messageIds, flags),
  });
}

/** Runs `mark`, which marks these messages as read, and then tells it to the senders who get read receipts. */
export function markingAsRead(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'control' | 'changes'> & Owned,
  { messageIds, mark }: { readonly messageIds: readonly MessageId[]; readonly mark: () => void },
): void {
  const unread = messageIds.filter((id) => awaitsReceipt(mailbox, id));
  mark();
  for (const id of unread) sendReadReceipt(services, mailbox, id);
}

/** True for an unread, verified message outside the requests, when the user sends its contact read receipts. */
function awaitsReceipt(mailbox: Pick<Mailbox, 'messages' | 'contacts'>, id: MessageId): boolean {
  const { seen, folder, from, protection } = mailbox.messages.detail(id).summary;
  const contact =
    !seen && protection === 'verified' && folder !== 'requests' ? mailbox.contacts.find(mailboxOf(from)) : undefined;
  return contact?.sendsReadReceipts === true && !contact.blocked;
}

/** Once for each letter: who reads a copy of it, or reads it again, tells nothing new. */
function sendReadReceipt(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'control' | 'changes'> & Owned,
  id: MessageId,
): void {
  const to = mailboxOf(mailbox.messages.detail(id).summary.from);
  const rfcMessageId = mailbox.messages.noteReadTold(id);
  if (rfcMessageId !== undefined)
    sendControl(services, mailbox, {
      to,
      control: { kind: 'read', messageId: rfcMessageId, at: receiptTime(services.clock.now()) },
    });
}
