import type { MailAddress, OnionHost } from '../../../../shared/ids';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { Mailbox } from '../mailbox';

/** The onion to dial for an address: its own, or the door that a private contact has told us. */
export function dialHost({ mail }: Pick<Mailbox, 'mail'>, address: MailAddress): OnionHost {
  const contact = mail.contact(mailboxOf(address));
  return (contact && mail.contactOnion(contact.id)?.onion) ?? onionOf(address);
}
