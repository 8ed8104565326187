import { parseArgs } from 'node:util';
import type { Contact } from '../../../../shared/contact';
import type { Identity } from '../../../../shared/identity';
import { present } from '../../../../shared/present';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { findContact } from '../../find/find-contact';
import { isOn } from '../../lines/on-off';
import { contactLine } from '../../lines/show-lines';

type Options = { readonly 'read-receipts'?: string; readonly 'learns-holders'?: string };
type Step = {
  readonly context: CommandContext;
  readonly identity: Identity;
  readonly address: string | undefined;
  readonly name: string;
  readonly options: Options;
};

/** `posthorn contacts`: the address book of one identity. */
export const contacts: Command = {
  usage: [
    'contacts',
    'contacts add ADDRESS [NAME]',
    'contacts set ADDRESS [--read-receipts on|off] [--learns-holders on|off]',
    'contacts remove|block|unblock|fetch-key ADDRESS',
  ],
  summary: 'list contacts, add, remove or block one, fetch its key, say what they are told',
  run: async (context) => {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { 'read-receipts': text, 'learns-holders': text },
      allowPositionals: true,
    });
    const [action = 'list', address, ...name] = positionals;
    const step = { context, identity: await chooseIdentity(context), address, name: name.join(' '), options: values };
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
  if (action === 'block' || action === 'unblock')
    return core.call('contacts.update', { ...one, blocked: action === 'block' });
  if (action === 'fetch-key') return core.call('contacts.fetchKey', one);
  if (action === 'set') return core.call('contacts.update', { ...one, ...told(step.options) });
  if (action !== 'remove') throw new UsageError('Say what to do: add, set, remove, block, unblock or fetch-key.');
  await core.call('contacts.remove', one);
  return contact;
}

/** What this contact is told from now on: that their mail was read, and who keeps mail for us. */
function told({ 'read-receipts': receipts, 'learns-holders': holders }: Options): {
  sendsReadReceipts?: boolean;
  learnsHolders?: boolean;
} {
  if (receipts === undefined && holders === undefined)
    throw new UsageError('Say what to set: --read-receipts on|off, --learns-holders on|off.');
  return {
    ...present({
      sendsReadReceipts: receipts === undefined ? undefined : isOn(receipts, '--read-receipts'),
      learnsHolders: holders === undefined ? undefined : isOn(holders, '--learns-holders'),
    }),
  };
}

function given(address: string | undefined): string {
  if (address === undefined) throw new UsageError('Give the address of the contact.');
  return address;
}
