import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { ContactChange } from '../../ports/storage/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { contactFor } from './contact-for';
import { requireAddress } from './require-address';
import { requireContact } from './require-contact';
import { toContact } from './show-contact';

/**
 * Adds a person by address, or gives a name to a contact without one. Throws `address-invalid`, or `contact-exists`
 * when the contact has a name already, or none was given.
 */
export function addContact(
  services: Pick<Services, 'clock' | 'random' | 'onionKeys'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'changes'>,
  o: { address: string; name: string },
): Contact {
  const address = mailboxOf(requireAddress(services, o.address));
  const known = mailbox.contacts.find(address);
  if (known && (known.name !== '' || o.name === '')) {
    throw new PosthornError('contact-exists', 'This address is in the address book already.');
  }
  const contact = contactFor(services, mailbox, address);
  return toContact(o.name === '' ? contact : mailbox.contacts.update(contact.id, { name: o.name }));
}

type OwnChange = Pick<ContactChange, 'name' | 'blocked' | 'sendsReadReceipts' | 'learnsHolders'>;

/** Renames or blocks a contact, or changes what they are told. Throws `contact-unknown`. */
export function updateContact(
  mailbox: Pick<Mailbox, 'contacts' | 'changes'>,
  contactId: ContactId,
  change: OwnChange,
): Contact {
  const changed = mailbox.contacts.update(requireContact(mailbox, contactId).id, change);
  mailbox.changes.contacts();
  return toContact(changed);
}

/**
 * Removes a contact with their keys and the user's word on them; certifications by others are learned again when they
 * come again. A revoked key stays in the ring, so that nothing brings it back. Throws `contact-unknown`.
 */
export async function removeContact(
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'trust' | 'changes'>,
  contactId: ContactId,
): Promise<void> {
  const { id, address, fingerprint } = requireContact(mailbox, contactId);
  mailbox.contacts.remove(id);
  mailbox.changes.contacts();
  if (fingerprint === undefined) return;
  for (const each of [fingerprint, ...mailbox.keyring.history(address).map((key) => key.fingerprint)])
    if (mailbox.keyring.key(each)?.revoked === false) mailbox.keyring.removeKey(each);
  await mailbox.trust.refresh();
}
