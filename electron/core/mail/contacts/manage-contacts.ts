import type { AddressCheck, Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { ContactId, MailAddress } from '../../../../shared/ids';
import { checkTypedAddress, mailboxOf } from '../../domain/mail-address';
import type { ContactChange, StoredContact } from '../../ports/mail-records';
import { contactFor, fetchKey, requireContact } from '../trust/fetch-key';
import type { Mailbox, Services } from '../mailbox';

/** What the page may know of a contact: all but the key block itself. */
export function toContact({ publicKey: _publicKey, ...contact }: StoredContact): Contact {
  return contact;
}

/** A contact as it stands now, after what was learned of it since. */
export function currentContact(mailbox: Pick<Mailbox, 'mail'>, contact: StoredContact): Contact {
  return toContact(mailbox.mail.contact(contact.id) ?? contact);
}

/** Whether a typed text is an address, and its canonical form. */
export function checkAddress(services: Pick<Services, 'onionKeys'>, text: string): AddressCheck {
  return checkTypedAddress(text, (host) => services.onionKeys.check(host));
}

/** The address in a typed text; throws `address-invalid`. */
export function requireAddress(services: Pick<Services, 'onionKeys'>, text: string): MailAddress {
  const checked = checkAddress(services, text);
  if (checked.outcome === 'ok') return checked.address;
  throw new PosthornError(
    'address-invalid',
    `This is not a Posthorn address (${checked.problem}). Nothing was sent or saved.`,
  );
}

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
  return toContact(mailbox.mail.updateContact(requireContact(mailbox, contactId).id, change));
}

/**
 * Forgets a person, their key and the user's word on it; what others certified of them is learned again when it comes.
 * A revoked key is not forgotten.
 */
export async function removeContact(mailbox: Mailbox, contactId: ContactId): Promise<void> {
  const { id, fingerprint } = requireContact(mailbox, contactId);
  mailbox.mail.removeContact(id);
  if (fingerprint === undefined) return;
  if (mailbox.mail.ringKey(fingerprint)?.revoked === false) mailbox.mail.removeRingKey(fingerprint);
  await mailbox.trust.refresh();
}

/**
 * Asks the contact's onion for its key now; throws `tor-offline` when it could not be reached, `key-refused` when it
 * serves no certified key.
 */
export async function fetchContactKey(
  services: Pick<Services, 'clock' | 'random' | 'onion' | 'keyFetcher' | 'pgp'>,
  mailbox: Mailbox,
  contactId: ContactId,
): Promise<Contact> {
  const contact = requireContact(mailbox, contactId);
  // Credentials of their own: the circuit of this question is shared with no delivery.
  const isolation = { user: services.random.uuid(), password: services.random.uuid() };
  const fetched = await fetchKey(services, mailbox, { contact, isolation });
  if (fetched.outcome === 'certified') return toContact(fetched.contact);
  if (fetched.outcome === 'unreachable') {
    throw new PosthornError(
      'tor-offline',
      'Their computer cannot be reached now. The key is asked for again when you write to them.',
    );
  }
  throw new PosthornError('key-refused', 'Their onion serves no key that it certifies. Nothing will be sealed to it.');
}
