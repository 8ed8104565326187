import type { Contact } from '../../../../shared/contact';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox } from '../mailbox';

/** What the page may know of a contact: all but the key block itself. */
export function toContact({ publicKey: _publicKey, ...contact }: StoredContact): Contact {
  return contact;
}

/** A contact as it stands now, after what was learned of it since. */
export function currentContact(mailbox: Pick<Mailbox, 'contacts'>, contact: StoredContact): Contact {
  return toContact(mailbox.contacts.find(contact.id) ?? contact);
}
