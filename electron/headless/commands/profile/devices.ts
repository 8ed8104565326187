import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import { DeviceKind, type Device } from '../../../../shared/programs/device';
import { deviceText } from '../../../../shared/programs/device-text';
import { MailForm, ProgramName } from '../../../../shared/programs/mail-program';
import { chooseIdentity } from '../../find/choose-identity';
import { deviceLines } from '../../lines/device-lines';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

const options = {
  kind: { type: 'string', default: 'phone' },
  form: { type: 'string', default: 'unsealed' },
} as const;

type Step = {
  readonly context: CommandContext;
  readonly values: { readonly kind: string; readonly form: string };
  /** The word after the action: the name of a device. */
  readonly word: string | undefined;
};

/** `posthorn devices`: phones and other computers that read and send by onions of their own. */
export const devices: Command = {
  usage: [
    'devices [list]',
    `devices add NAME [--kind ${DeviceKind.options.join('|')}] [--form ${MailForm.options.join('|')}]`,
    'devices remove NAME|ID',
  ],
  summary: 'let a phone or another computer read and send by an onion of its own',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'list', word, ...more] = positionals;
    const act = actions.get(action);
    if (act === undefined || more.length > 0) throw new UsageError(`Say one of ${[...actions.keys()].join(', ')}.`);
    await act({ context, values, word });
    return exitStatus.ok;
  },
};

const actions: ReadonlyMap<string, (step: Step) => Promise<void>> = new Map([
  ['list', list],
  ['add', add],
  ['remove', remove],
]);

async function list({ context }: Step): Promise<void> {
  await show(context, await context.core.call('devices.view', {}));
}

async function show({ core, output }: CommandContext, all: readonly Device[]): Promise<void> {
  const identities = await core.call('identities.list', {});
  output.result(
    all,
    all.flatMap((device) => deviceLines(device, identities)),
  );
}

async function add({ context, values, word }: Step): Promise<void> {
  const name = ProgramName.safeParse(word);
  if (!name.success) throw new UsageError('Give the device a name, such as «My phone».');
  const kind = DeviceKind.safeParse(values.kind);
  if (!kind.success) throw new UsageError(`A kind is one of ${DeviceKind.options.join(', ')}.`);
  const form = MailForm.safeParse(values.form);
  if (!form.success) throw new UsageError(`A form is one of ${MailForm.options.join(', ')}.`);
  const identity = await chooseIdentity(context);
  const made = await context.core.call('devices.add', {
    name: name.data,
    kind: kind.data,
    form: form.data,
    identityIds: [identity.id],
  });
  context.output.result(made, [
    ...deviceLines(made.device, [identity]),
    ...deviceText(made, identity.address).split('\n'),
    'Password and key are shown this once. Give the key to Orbot, or to tor as a file *.auth_private, and the rest to the mail program.',
  ]);
}

async function remove({ context, word }: Step): Promise<void> {
  const { id: programId } = await findDevice(context.core, word);
  await show(context, await context.core.call('devices.remove', { programId }));
}

async function findDevice(core: RpcClient, word: string | undefined): Promise<Device> {
  const wanted = word?.trim().toLowerCase();
  const all = await core.call('devices.view', {});
  const found = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UsageError(
    found.length === 0
      ? 'There is no device of this name. `posthorn devices` lists them.'
      : 'Several devices have this name. Give the long name that `posthorn devices` shows first.',
  );
}
