import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { ContactChange } from '../../ports/mail-records';
import type { Mailbox, Services } from '../mailbox';
import { contactFor } from './contact-for';
import { requireAddress } from './require-address';
import { requireContact } from './require-contact';
import { toContact } from './show-contact';

/** Adds a person by address; throws `address-invalid`, or `contact-exists` when they are in the address book. */
export function addContact(
  services: Pick<Services, 'clock' | 'random' | 'onionKeys'>,
  mailbox: Mailbox,
  o: { address: string; name: string },
): Contact {
  const address = mailboxOf(requireAddress(services, o.address));
  const known = mailbox.mail.contact(address);
  if (known && (known.name !== '' || o.name === '')) {
    throw new PosthornError('contact-exists', 'This address is in the address book already.');
  }
  const contact = contactFor(services, mailbox, address);
  return toContact(o.name === '' ? contact : mailbox.mail.updateContact(contact.id, { name: o.name }));
}

type OwnChange = Pick<ContactChange, 'name' | 'blocked' | 'sendsReadReceipts' | 'learnsHolders'>;

/** Renames or blocks a contact, or chooses what they are told; throws `contact-unknown`. */
export function updateContact(mailbox: Mailbox, contactId: ContactId, change: OwnChange): Contact {
  const changed = mailbox.mail.updateContact(requireContact(mailbox, contactId).id, change);
  mailbox.changes.contacts();
  return toContact(changed);
}

/**
 * Forgets a person, their key and the user's word on it; what others certified of them is learned again when it comes.
 * A revoked key is not forgotten.
 */
export async function removeContact(mailbox: Mailbox, contactId: ContactId): Promise<void> {
  const { id, fingerprint } = requireContact(mailbox, contactId);
  mailbox.mail.removeContact(id);
  mailbox.changes.contacts();
  if (fingerprint === undefined) return;
  if (mailbox.mail.ringKey(fingerprint)?.revoked === false) mailbox.mail.removeRingKey(fingerprint);
  await mailbox.trust.refresh();
}
