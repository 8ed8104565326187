import { parseArgs } from 'node:util';
import type { RpcClient } from '../../../../shared/contract/rpc-client';
import { MailForm, ProgramKind, ProgramName, type MailProgram } from '../../../../shared/programs/mail-program';
import { ProgramPorts } from '../../../../shared/settings';
import { chooseIdentity } from '../../find/choose-identity';
import { readInput } from '../../input/read-input';
import { accessLines, programLine } from '../../lines/program-lines';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

const options = {
  imap: { type: 'string' },
  submission: { type: 'string' },
  kind: { type: 'string', default: 'other' },
  form: { type: 'string', default: 'unsealed' },
} as const;

type Step = {
  readonly context: CommandContext;
  readonly values: {
    readonly imap?: string;
    readonly submission?: string;
    readonly kind: string;
    readonly form: string;
  };
  /** The word after the action: the name of a program. */
  readonly word: string | undefined;
};

/** `posthorn programs`: other mail programs of this machine, and their way in. */
export const programs: Command = {
  usage: [
    'programs [status]',
    'programs on|off',
    'programs ports [--imap PORT] [--submission PORT]',
    'programs list',
    `programs add NAME [--kind ${ProgramKind.options.join('|')}] [--form ${MailForm.options.join('|')}]`,
    'programs test  < PASSWORD',
    'programs remove NAME|ID',
  ],
  summary: 'let other mail programs of this machine read and send by IMAP and submission',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'status', word, ...more] = positionals;
    const act = actions.get(action);
    if (act === undefined || more.length > 0) throw new UsageError(`Say one of ${[...actions.keys()].join(', ')}.`);
    await act({ context, values, word });
    return exitStatus.ok;
  },
};

const actions: ReadonlyMap<string, (step: Step) => Promise<void>> = new Map([
  ['status', status],
  ['on', (step) => listen(step, { isOn: true })],
  ['off', (step) => listen(step, { isOn: false })],
  ['ports', setPorts],
  ['list', list],
  ['add', add],
  ['test', test],
  ['remove', remove],
]);

async function status({ context: { core, output } }: Step): Promise<void> {
  const access = await core.call('programs.view', {});
  output.result(access, accessLines(access));
}

async function listen({ context: { core, output } }: Step, change: Partial<ProgramPorts>): Promise<void> {
  const before = await core.call('settings.get', {});
  const access = await core.call('programs.listen', { ...before.programs, ...change });
  output.result(access, accessLines(access));
}

async function setPorts(step: Step): Promise<void> {
  const { imap, submission } = step.values;
  if (imap === undefined && submission === undefined)
    throw new UsageError('Say which port: --imap PORT, --submission PORT, or both.');
  await listen(step, {
    ...(imap === undefined ? {} : { imapPort: portOf(imap) }),
    ...(submission === undefined ? {} : { submissionPort: portOf(submission) }),
  });
}

function portOf(text: string): number {
  const port = ProgramPorts.shape.imapPort.safeParse(/^\d{1,5}$/u.test(text) ? Number(text) : undefined);
  if (port.success) return port.data;
  throw new UsageError('A port is a number from 1 to 65535; those below 1024 belong to the system.');
}

async function list({ context: { core, output } }: Step): Promise<void> {
  const { programs: all } = await core.call('programs.view', {});
  const identities = await core.call('identities.list', {});
  output.result(
    all,
    all.map((program) => programLine(program, identities)),
  );
}

async function add({ context, values, word }: Step): Promise<void> {
  const name = ProgramName.safeParse(word);
  if (!name.success) throw new UsageError('Give the program a name, such as «Thunderbird on my desk».');
  const kind = ProgramKind.safeParse(values.kind);
  if (!kind.success) throw new UsageError(`A kind is one of ${ProgramKind.options.join(', ')}.`);
  const form = MailForm.safeParse(values.form);
  if (!form.success) throw new UsageError(`A form is one of ${MailForm.options.join(', ')}.`);
  const identity = await chooseIdentity(context);
  const { core, output } = context;
  const made = await core.call('programs.add', {
    name: name.data,
    kind: kind.data,
    form: form.data,
    identityIds: [identity.id],
  });
  const access = await core.call('programs.view', {});
  output.result(made, [
    programLine(made.program, [identity]),
    `User name: ${identity.address}`,
    `Password: ${made.password}`,
    'It is shown this once. Write it into the program now.',
    `IMAP: 127.0.0.1 port ${String(access.imap.port)}, submission: 127.0.0.1 port ${String(access.submission.port)}, no encryption`,
    ...(access.isOn ? [] : ['Programs are not let in yet: posthorn programs on']),
  ]);
}

async function test({ context }: Step): Promise<void> {
  const { core, output, input } = context;
  const { id: identityId } = await chooseIdentity(context);
  const password = (await readInput(input)).trim();
  if (password === '') throw new UsageError('Give the password of the program on standard input.');
  const tried = await core.call('programs.test', { identityId, password });
  output.result(tried, [tried.outcome]);
}

async function remove({ context: { core, output }, word }: Step): Promise<void> {
  const { id: programId } = await findProgram(core, word);
  const access = await core.call('programs.remove', { programId });
  output.result(access, accessLines(access));
}

async function findProgram(core: RpcClient, word: string | undefined): Promise<MailProgram> {
  const { programs: all } = await core.call('programs.view', {});
  const wanted = word?.trim().toLowerCase();
  const found = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UsageError(
    found.length === 0
      ? 'There is no program of this name. `posthorn programs list` lists them.'
      : 'Several programs have this name. Give the long name that `posthorn programs list` shows first.',
  );
}
