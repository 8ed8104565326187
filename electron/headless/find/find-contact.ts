import { isSameMailbox } from '../../../shared/address/mailbox-of';
import { recipientsIn } from '../../../shared/address/recipients-in';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import type { CommandContext } from '../commands/command';
import { UsageError } from '../commands/command';

/**
 * The contact of an identity with this address, or the only one with this name.
 * @throws UsageError when the address is missing or not among the contacts
 */
export async function findContact(
  { core }: Pick<CommandContext, 'core'>,
  identityId: IdentityId,
  address: string | undefined,
): Promise<Contact> {
  if (address === undefined) throw new UsageError('Give the address of the contact.');
  const [read] = recipientsIn(address);
  const contacts = await core.call('contacts.list', { identityId });
  const known = contacts.find((one) => isSameMailbox(one.address, read ?? ''));
  const [named, ...others] = contacts.filter(({ name }) => name === address);
  const contact = known ?? (others.length === 0 ? named : undefined);
  if (contact === undefined) throw new UsageError('This address is not among the contacts.');
  return contact;
}
