import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import { GuestDays, GuestName, GuestQuota, type Guest } from '../../../../shared/guests/guest';
import { guestKeyProblems, guestText } from '../../../../shared/guests/guest-text';
import { LocalPart } from '../../../../shared/local-part';
import { guestLines } from '../../lines/guest-lines';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

const options = {
  name: { type: 'string' },
  size: { type: 'string' },
  days: { type: 'string' },
} as const;

const MIB = 1024 * 1024;
const DEFAULT_MIB = '1024';

type Step = {
  readonly context: CommandContext;
  readonly values: {
    readonly name?: string | undefined;
    readonly size?: string | undefined;
    readonly days?: string | undefined;
  };
  /** The words after the action. */
  readonly words: readonly string[];
};

/** `posthorn guests`: people without Posthorn, whose sealed mail lies here. */
export const guests: Command = {
  usage: [
    'guests [list]',
    'guests add LOCAL [--name NAME] [--size MIB] [--days DAYS]',
    'guests key ADDRESS [FILE WITH THEIR PUBLIC KEY]',
    'guests change ADDRESS [--name NAME] [--size MIB] [--days DAYS|never]',
    'guests password ADDRESS',
    'guests words ADDRESS',
    'guests remove ADDRESS',
  ],
  summary: 'host somebody without Posthorn, who reads and sends sealed mail with a program of their own',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'list', ...words] = positionals;
    const act = actions.get(action);
    if (act === undefined || words.length > 2) throw new UsageError(`Say one of ${[...actions.keys()].join(', ')}.`);
    await act({ context, values, words });
    return exitStatus.ok;
  },
};

const actions: ReadonlyMap<string, (step: Step) => Promise<void>> = new Map([
  ['list', async ({ context }) => show(context, await context.core.call('guests.view', {}))],
  ['add', add],
  ['key', key],
  ['change', change],
  ['password', newPassword],
  ['words', printWords],
  ['remove', remove],
]);

function show({ output }: CommandContext, all: readonly Guest[]): void {
  output.result(all, all.flatMap(guestLines));
}

async function add({ context, values, words: [word] }: Step): Promise<void> {
  const localPart = LocalPart.safeParse(word);
  if (!localPart.success) throw new UsageError('Give the part before the @ that the guest is to have.');
  const days = values.days === undefined ? undefined : daysOf(values.days);
  const made = await context.core.call('guests.add', {
    localPart: localPart.data,
    name: nameOf(values.name ?? localPart.data),
    quota: quotaOf(values.size ?? DEFAULT_MIB),
    ...(days === undefined ? {} : { days }),
  });
  context.output.result(made, [
    ...guestText(made).split('\n'),
    'The password is shown this once. Tell the guest all of it, in person or sealed; they reach the server by Tor.',
    'Their program makes an OpenPGP key for this address; give its public key to `posthorn guests key`.',
  ]);
}

/** With a file: takes the key in it. Without: prints the certified one. */
async function key({ context, words: [word, file] }: Step): Promise<void> {
  const { id: guestId } = await findGuest(context.core, word);
  if (file === undefined) {
    const certified = await context.core.call('guests.key', { guestId });
    context.output.result(certified, [certified.key.trimEnd()]);
    return;
  }
  const taken = await context.core.call('guests.setKey', { guestId, key: new Uint8Array(await readFile(file)) });
  if (taken.outcome === 'refused') throw new UsageError(`${guestKeyProblems[taken.problem]} Nothing was changed.`);
  context.output.result(taken.guest, guestLines(taken.guest));
}

async function change({ context, values, words: [word] }: Step): Promise<void> {
  const { id: guestId } = await findGuest(context.core, word);
  const { name, size, days } = values;
  const guest = await context.core.call('guests.change', {
    guestId,
    ...(name === undefined ? {} : { name: nameOf(name) }),
    ...(size === undefined ? {} : { quota: quotaOf(size) }),
    ...(days === undefined ? {} : { days: days === 'never' ? null : daysOf(days) }),
  });
  context.output.result(guest, guestLines(guest));
}

async function newPassword({ context, words: [word] }: Step): Promise<void> {
  const { id: guestId } = await findGuest(context.core, word);
  const made = await context.core.call('guests.newPassword', { guestId });
  context.output.result(made, [...guestText(made).split('\n'), 'The password before does not work any more.']);
}

async function printWords({ context, words: [word] }: Step): Promise<void> {
  const { id: guestId, address } = await findGuest(context.core, word);
  const { words } = await context.core.call('guests.words', { guestId });
  context.output.result({ words }, [
    address,
    ...words.map((each, index) => `${String(index + 1).padStart(2)}. ${each}`),
    'With these words the guest takes the address to a Posthorn of their own (`posthorn paper-key restore`).',
  ]);
}

async function remove({ context, words: [word] }: Step): Promise<void> {
  if (word?.includes('@') !== true)
    throw new UsageError(
      'Give the whole address of the guest to remove. Their address and mail are gone for good then.',
    );
  const { id: guestId, address: confirmAddress } = await findGuest(context.core, word);
  show(context, await context.core.call('guests.remove', { guestId, confirmAddress }));
}

async function findGuest(core: RpcClient, word: string | undefined): Promise<Guest> {
  const wanted = word?.trim().toLowerCase();
  const all = await core.call('guests.view', {});
  const found = all.filter(
    ({ address, name }) => address === wanted || address.split('@')[0] === wanted || name.toLowerCase() === wanted,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UsageError(
    found.length === 0
      ? 'There is no such guest. `posthorn guests` lists them.'
      : 'Several guests have this name. Give the whole address.',
  );
}

function nameOf(text: string): string {
  const name = GuestName.safeParse(text);
  if (name.success) return name.data;
  throw new UsageError('A name has 1 to 60 characters.');
}

function quotaOf(text: string): number {
  const quota = GuestQuota.safeParse(Number(text) * MIB);
  if (quota.success) return quota.data;
  throw new UsageError('Give the size in MiB, such as --size 1024.');
}

function daysOf(text: string): number {
  const days = GuestDays.safeParse(Number(text));
  if (days.success) return days.data;
  throw new UsageError('Give a number of days, such as --days 365.');
}
