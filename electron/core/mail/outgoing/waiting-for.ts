import type { DeliveryId, MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { Mailbox } from '../mailbox';

/** Deliveries to this mailbox that wait for their time, newest first. */
export function waitingFor(mailbox: Pick<Mailbox, 'outbox'>, address: MailAddress): DeliveryId[] {
  return mailbox.outbox
    .deliveries({ unfinishedOnly: true, withControl: true })
    .reverse()
    .filter(({ recipient, nextTryAt }) => nextTryAt !== undefined && mailboxOf(recipient) === address)
    .map(({ id }) => id);
}
