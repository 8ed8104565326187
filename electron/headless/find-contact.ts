import type { Contact } from '../../shared/contact';
import type { IdentityId } from '../../shared/ids';
import type { CommandContext } from './command';
import { UsageError } from './command';

/**
 * The contact of an identity with this address.
 * @throws UsageError when the address is missing or not among the contacts
 */
export async function findContact({ core }: Pick<CommandContext, 'core'>, identityId: IdentityId, address: string | undefined): Promise<Contact> {
  if (address === undefined) throw new UsageError('Give the address of the contact.');
  const contact = (await core.call('contacts.list', { identityId })).find((one) => one.address === address);
  if (contact === undefined) throw new UsageError('This address is not among the contacts.');
  return contact;
}
