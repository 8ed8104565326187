import type { MessageId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import { sendControl } from '../control/send-control';
import type { Mailbox, Services } from '../mailbox';

type Flags = { readonly seen?: boolean; readonly flagged?: boolean };

/** Marks messages; senders who may know it are told that theirs was read, once. Throws `message-unknown`. */
export function setFlags(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'contacts' | 'control' | 'identity' | 'changes'>,
  { messageIds, flags }: { readonly messageIds: readonly MessageId[]; readonly flags: Flags },
): void {
  const unread = flags.seen === true ? messageIds.filter((id) => awaitsReceipt(mailbox, id)) : [];
  mailbox.messages.setFlags(messageIds, flags);
  for (const id of unread) sendReadReceipt(services, mailbox, id);
}

/** Only for what is surely theirs and was for us, and only when the reader chose so for this contact. */
function awaitsReceipt(mailbox: Pick<Mailbox, 'messages' | 'contacts'>, id: MessageId): boolean {
  const { seen, folder, from, protection } = mailbox.messages.detail(id).summary;
  const contact =
    !seen && protection === 'verified' && folder !== 'requests' ? mailbox.contacts.find(mailboxOf(from)) : undefined;
  return contact?.sendsReadReceipts === true && !contact.blocked;
}

function sendReadReceipt(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'messages' | 'control' | 'identity' | 'changes'>,
  id: MessageId,
): void {
  const rfcMessageId = mailbox.messages.reference({ messageId: id })?.rfcMessageId;
  const to = mailboxOf(mailbox.messages.detail(id).summary.from);
  if (rfcMessageId !== undefined)
    sendControl(services, mailbox, {
      to,
      control: { kind: 'read', messageId: rfcMessageId, at: services.clock.now() },
    });
}
