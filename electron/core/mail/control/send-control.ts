import { DeliveryId, MessageId, type MailAddress } from '../../../../shared/ids';
import type { PeerNote } from '../../../../shared/peer-note';
import { noteText } from '../../domain/control/control-text';
import { DELIVERY_LIFETIME_MS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import type { NewNote } from '../../ports/custody-store';
import type { Mailbox, Services } from '../mailbox';

type NoteTo = {
  readonly to: MailAddress;
  readonly note: PeerNote;
  /** Milliseconds that it is tried for; absent: as long as mail. */
  readonly lifetimeMs?: number;
};

/**
 * Queues what one program tells another: signed, sealed and delivered as any mail, and shown in no folder. An older
 * note about the same gives way.
 */
export function sendNote(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity' | 'mail' | 'post'>,
  o: NoteTo,
): void {
  mailbox.mail.submitNote(makeNote(services, mailbox, o));
  mailbox.post.wake();
}

/** A note that is to be queued in one commit with what it tells of. Wake the outbox after it. */
export function makeNote(
  services: Pick<Services, 'clock' | 'random'>,
  mailbox: Pick<Mailbox, 'identity'>,
  { to, note, lifetimeMs = DELIVERY_LIFETIME_MS }: NoteTo,
): NewNote {
  const now = services.clock.now();
  return {
    messageId: MessageId.parse(services.random.uuid()),
    deliveryId: DeliveryId.parse(services.random.uuid()),
    rfcMessageId: `<${services.random.uuid()}@${onionOf(mailbox.identity().address)}>`,
    to,
    ...noteText(note),
    note,
    date: now,
    expiresAt: now + lifetimeMs,
  };
}
