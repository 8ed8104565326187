import type { Contact } from '../../../../shared/contact';
import { PosthornError } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import { requireContact } from '../contacts/require-contact';
import { toContact } from '../contacts/show-contact';
import type { Mailbox, Services } from '../mailbox';
import { fetchKey } from './fetch-key';

/**
 * Asks the contact's onion for its key now. Throws `contact-unknown`, `tor-offline` when the onion could not be
 * reached, `key-refused` when it serves no key that it certifies.
 */
export async function fetchContactKey(
  services: Pick<Services, 'clock' | 'random' | 'onion' | 'keyFetcher' | 'pgp'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  contactId: ContactId,
): Promise<Contact> {
  const contact = requireContact(mailbox, contactId);
  // SOCKS credentials of its own: no delivery shares the circuit of this question.
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
