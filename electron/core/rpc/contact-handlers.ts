import type { trustContract } from '../../../shared/contract/trust-contract';
import { present } from '../../../shared/present';
import { addContact, removeContact, updateContact } from '../mail/contacts/manage-contacts';
import { checkAddress } from '../mail/contacts/require-address';
import { toContact } from '../mail/contacts/show-contact';
import { acceptRequest, blockRequest } from '../mail/incoming/answer-request';
import { fetchContactKey } from '../mail/trust/fetch-contact-key';
import { done, type Deps, type Of } from './handler-kit';

/** The address book, and strangers who ask to be in it. What the user vouches for is in `trustHandlers`. */
export function contactHandlers({
  services,
  of,
}: Deps): Of<'addresses'> & Omit<Of<'contacts'>, keyof typeof trustContract> & Of<'requests'> {
  return {
    'addresses.check': ({ text }) => checkAddress(services, text),
    'contacts.list': (o) => of(o).contacts.all().map(toContact),
    'contacts.add': (o) => addContact(services, of(o), o),
    'contacts.update': ({ identityId, contactId, ...change }) =>
      updateContact(of({ identityId }), contactId, present(change)),
    'contacts.remove': async (o) => (await removeContact(of(o), o.contactId), done),
    'contacts.fetchKey': (o) => fetchContactKey(services, of(o), o.contactId),
    'requests.accept': (o) => acceptRequest(services, of(o), o.messageId),
    'requests.block': (o) => blockRequest(services, of(o), o.messageId),
  };
}
