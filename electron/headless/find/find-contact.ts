import { isSameMailbox } from '../../../shared/address/mailbox-of';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import type { CommandContext } from '../commands/command';
import { foldText } from '../../../shared/text/text-folding';
import { UsageError } from '../commands/command';
import { readGiven } from './is-given';

/**
 * The contact of an identity with this address, or the only one with this name. An address is never looked for among
 * the names: anybody can be called like somebody else's address.
 * @throws UsageError when the address is missing or not among the contacts
 */
export async function findContact(
  { core }: Pick<CommandContext, 'core'>,
  identityId: IdentityId,
  address: string | undefined,
): Promise<Contact> {
  if (address === undefined) throw new UsageError('Give the address of the contact.');
  const read = readGiven(address);
  const contacts = await core.call('contacts.list', { identityId });
  const contact =
    read === undefined
      ? (onlyOne(contacts, ({ name }) => name === address) ?? onlyOne(contacts, namedLike(address)))
      : contacts.find((one) => isSameMailbox(one.address, read));
  if (contact === undefined) throw new UsageError('This address is not among the contacts.');
  return contact;
}

function onlyOne(contacts: readonly Contact[], is: (contact: Contact) => boolean): Contact | undefined {
  const [found, ...others] = contacts.filter(is);
  return others.length === 0 ? found : undefined;
}

/** The same name however it is typed: a terminal may hand over another form of Unicode than was kept. */
function namedLike(typed: string): (contact: Contact) => boolean {
  const sought = foldText(typed.trim());
  return ({ name }) => sought !== '' && foldText(name) === sought;
}
