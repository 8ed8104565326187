import { parseArgs } from 'node:util';
import type { Contact } from '../../../shared/contact';
import type { Identity } from '../../../shared/identity';
import { chooseIdentity } from '../choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { findContact } from '../find-contact';
import { contactLine } from '../show-lines';

type Step = { readonly context: CommandContext; readonly identity: Identity; readonly address: string | undefined; readonly name: string };

/** `posthorn contacts`: the address book of one identity. */
export const contacts: Command = {
  usage: ['contacts', 'contacts add ADDRESS [NAME]', 'contacts remove|block|unblock|fetch-key ADDRESS'],
  summary: 'list contacts, add, remove or block one, fetch its key',
  run: async (context) => {
    const { positionals } = parseArgs({ args: [...context.args], options: {}, allowPositionals: true });
    const [action = 'list', address, ...name] = positionals;
    const step = { context, identity: await chooseIdentity(context), address, name: name.join(' ') };
    const found = await act(action, step);
    context.output.result(found, [found].flat().map(contactLine));
    return exitStatus.ok;
  },
};

async function act(action: string, step: Step): Promise<Contact | Contact[]> {
  const { core } = step.context;
  const identityId = step.identity.id;
  if (action === 'list') return core.call('contacts.list', { identityId });
  if (action === 'add') return core.call('contacts.add', { identityId, address: given(step.address), name: step.name });
  const contact = await findContact(step.context, identityId, step.address);
  const one = { identityId, contactId: contact.id };
  if (action === 'block' || action === 'unblock') return core.call('contacts.update', { ...one, blocked: action === 'block' });
  if (action === 'fetch-key') return core.call('contacts.fetchKey', one);
  if (action !== 'remove') throw new UsageError('Say what to do: add, remove, block, unblock or fetch-key.');
  await core.call('contacts.remove', one);
  return contact;
}

function given(address: string | undefined): string {
  if (address === undefined) throw new UsageError('Give the address of the contact.');
  return address;
}
