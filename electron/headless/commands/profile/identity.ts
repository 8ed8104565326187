import { parseArgs } from 'node:util';
import { LocalPart } from '../../../../shared/local-part';
import { IdentityColour } from '../../../../shared/identity';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { contactNames } from '../../lines/contact-names';
import { relyingText } from '../../lines/custody-lines';
import { isOn } from '../../lines/on-off';
import { identityLine } from '../../lines/show-lines';

/** `posthorn identity`: makes identities, takes them on and off line, deletes them. */
export const identity: Command = {
  usage: [
    'identity create LOCAL [--label TEXT] [--colour COLOUR]',
    'identity pause|resume',
    'identity private on|off',
    'identity take-over [--even-if-elsewhere]',
    'identity delete ADDRESS [--even-if-keeping]',
  ],
  summary:
    'create an identity, take it off line or on line again, hide it from all but its contacts, put a restored one into service, delete it',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: {
        label: { type: 'string', default: '' },
        colour: { type: 'string', default: 'blue' },
        'even-if-elsewhere': { type: 'boolean', default: false },
        'even-if-keeping': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [action, name] = positionals;
    if (action === 'create') return create(context, { name, label: values.label, colour: values.colour });
    if (action === 'pause' || action === 'resume') return setPaused(context, action === 'pause');
    if (action === 'private') return setPrivate(context, isOn(name, 'private'));
    if (action === 'take-over') return takeOver(context, values['even-if-elsewhere']);
    if (action === 'delete') return remove(context, { address: name, evenIfKeeping: values['even-if-keeping'] });
    throw new UsageError('Say what to do: create, pause, resume, private, take-over or delete.');
  },
};

type NewIdentity = { readonly name: string | undefined; readonly label: string; readonly colour: string };

async function create({ core, output }: CommandContext, { name, label, colour }: NewIdentity): Promise<number> {
  const localPart = LocalPart.safeParse(name);
  if (!localPart.success)
    throw new UsageError(
      'The part before the @ takes small letters, digits, and single dots, dashes or underscores between them.',
    );
  const known = IdentityColour.safeParse(colour);
  if (!known.success) throw new UsageError(`A colour is one of ${IdentityColour.options.join(', ')}.`);
  const made = await core.call('identities.create', { localPart: localPart.data, label, colour: known.data });
  output.result(made, [identityLine(made)]);
  return exitStatus.ok;
}

async function setPaused(context: CommandContext, paused: boolean): Promise<number> {
  const { id } = await chooseIdentity(context);
  const changed = await context.core.call('identities.update', { identityId: id, paused });
  context.output.result(changed, [identityLine(changed)]);
  return exitStatus.ok;
}

async function setPrivate(context: CommandContext, isPrivate: boolean): Promise<number> {
  const { id } = await chooseIdentity(context);
  const changed = await context.core.call('identities.setPrivate', { identityId: id, isPrivate });
  context.output.result(changed, [identityLine(changed)]);
  return exitStatus.ok;
}

async function takeOver(context: CommandContext, evenIfElsewhere: boolean): Promise<number> {
  const { id } = await chooseIdentity(context);
  const changed = await context.core.call('identities.takeOver', { identityId: id, evenIfElsewhere });
  context.output.result(changed, [identityLine(changed)]);
  return exitStatus.ok;
}

type Removal = { readonly address: string | undefined; readonly evenIfKeeping: boolean };

/**
 * The whole address has to be given, so that no slip of a hand deletes keys and mail, and a word more where mail of
 * others goes with them.
 */
async function remove(context: CommandContext, { address, evenIfKeeping }: Removal): Promise<number> {
  if (address === undefined || !address.includes('@'))
    throw new UsageError('Give the whole address of the identity to delete. Its keys and mail are gone for good then.');
  const { id, address: confirmAddress } = await chooseIdentity({ ...context, identity: address });
  const { clients } = await context.core.call('holding.view', { identityId: id });
  const relying = relyingText(clients, await contactNames(context, id));
  if (relying !== undefined && !evenIfKeeping)
    throw new UsageError(`${relying} Or say --even-if-keeping. Nothing was deleted.`);
  await context.core.call('identities.delete', { identityId: id, confirmAddress });
  context.output.result({ deleted: confirmAddress }, [`deleted ${confirmAddress}`]);
  return exitStatus.ok;
}
