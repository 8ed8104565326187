import type { Contact } from '../../../../shared/contact';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { Mailbox } from '../mailbox';

/** What the window may know of a contact: everything but the key block. */
export function toContact({ publicKey: _publicKey, ...contact }: StoredContact): Contact {
  return contact;
}

/** The contact as the store has it now, with what was learned since; as given when it was removed meanwhile. */
export function currentContact(mailbox: Pick<Mailbox, 'contacts'>, contact: StoredContact): Contact {
  return toContact(mailbox.contacts.find(contact.id) ?? contact);
}
