import { PosthornError } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox } from '../mailbox';

/** The contact with this id. Throws `contact-unknown`. */
export function requireContact(mailbox: Pick<Mailbox, 'contacts'>, id: ContactId): StoredContact {
  const contact = mailbox.contacts.find(id);
  if (!contact) throw new PosthornError('contact-unknown', 'This contact is no longer in the address book.');
  return contact;
}
