import type { MailAddress, OnionHost } from '../../../../shared/ids';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { Mailbox } from '../mailbox';

/**
 * The onion to dial for an address: the private onion that the contact has told us, otherwise the onion in the address.
 */
export function dialHost(mailbox: Pick<Mailbox, 'contacts' | 'access'>, address: MailAddress): OnionHost {
  const contact = mailbox.contacts.find(mailboxOf(address));
  return (contact && mailbox.access.ofContact(contact.id)?.onion) ?? onionOf(address);
}
