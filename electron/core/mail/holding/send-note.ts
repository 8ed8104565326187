import { DeliveryId, MessageId, type MailAddress } from '../../../../shared/ids';
import type { PeerNote } from '../../../../shared/peer-note';
import { noteText } from '../../domain/holding/note-text';
import { DELIVERY_LIFETIME_MS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import type { Mailbox, Services } from '../services';

/** Queues what one program tells another: signed, sealed and delivered as any mail, and shown in no folder. An older note about the same gives way. */
export function sendNote(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity' | 'mail' | 'post'>,
  { to, note }: { readonly to: MailAddress; readonly note: PeerNote },
): void {
  const now = services.clock.now();
  mailbox.mail.submitNote({
    messageId: MessageId.parse(services.random.uuid()),
    deliveryId: DeliveryId.parse(services.random.uuid()),
    rfcMessageId: `<${services.random.uuid()}@${onionOf(mailbox.identity().address)}>`,
    to,
    ...noteText(note),
    note,
    date: now,
    expiresAt: now + DELIVERY_LIFETIME_MS,
  });
  mailbox.post.wake();
}
