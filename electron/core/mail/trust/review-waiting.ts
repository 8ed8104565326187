import { mailboxOf } from '../../domain/mail-address';
import { awaitsAcceptance } from '../../domain/trust/awaits-acceptance';
import type { Mailbox } from '../mailbox';

/**
 * Tries waiting mail now whose recipient's key has to be accepted, or need not be any longer, since it was tried last:
 * so it leaves as soon as the person has given their word, and says at once that it waits for it.
 */
export function reviewWaiting(mailbox: Pick<Mailbox, 'outbox' | 'contacts' | 'changes'>): void {
  for (const { id, recipient, reason } of mailbox.outbox.deliveries({ unfinishedOnly: true, withControl: true })) {
    const contact = mailbox.contacts.find(mailboxOf(recipient));
    const mustWait = contact !== undefined && awaitsAcceptance(contact);
    if (mustWait !== (reason === 'key-unaccepted')) mailbox.changes.delivery(id);
  }
}
