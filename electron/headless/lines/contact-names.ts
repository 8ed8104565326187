import type { IdentityId } from '../../../shared/ids';
import type { CommandContext } from '../commands/command';
import type { NameOf } from './custody-lines';

/** The names, or for want of one the addresses, of an identity's contacts. */
export async function contactNames({ core }: Pick<CommandContext, 'core'>, identityId: IdentityId): Promise<NameOf> {
  const contacts = await core.call('contacts.list', { identityId });
  const names = new Map(contacts.map(({ id, name, address }) => [id, name === '' ? address : name]));
  return (contactId) => (contactId === undefined ? undefined : names.get(contactId));
}
