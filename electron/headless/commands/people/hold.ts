import { parseArgs } from 'node:util';
import type { HoldTerms, CustodyOverview, MailClient, MailHolder } from '../../../../shared/custody';
import { defaultHoldTerms, HoldTerms as HoldTermsSchema } from '../../../../shared/custody';
import type { IdentityId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { contactNames } from '../../lines/contact-names';
import { findContact } from '../../find/find-contact';
import { isGiven } from '../../find/is-given';
import { clientLine, holderLine, custodyLines } from '../../lines/custody-lines';
import { readInput } from '../../input/read-input';

const flag = { type: 'boolean', default: false } as const;
const options = {
  quota: { type: 'string' },
  days: { type: 'string' },
  accept: flag,
  refuse: flag,
  name: { type: 'string' },
} as const;

type Step = {
  readonly context: CommandContext;
  readonly identityId: IdentityId;
  readonly values: {
    readonly quota?: string;
    readonly days?: string;
    readonly accept: boolean;
    readonly refuse: boolean;
    readonly name?: string;
  };
  /** What follows the action. */
  readonly words: readonly string[];
};

/** `posthorn hold`: the holders that keep mail for an identity while it is away, and the clients it keeps mail for. */
export const hold: Command = {
  usage: [
    'hold [list]',
    'hold ask ADDRESS|NAME [--quota MB] [--days NUMBER]',
    'hold answer ADDRESS --accept|--refuse',
    'hold end|forget ADDRESS',
    'hold pairing-code',
    'hold pair TEXT [--name NAME]  (TEXT may be - for standard input)',
    'hold collect',
  ],
  summary: 'have contacts keep mail for you while you are away, and keep it for them',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'list', ...words] = positionals;
    const act = actions.get(action);
    if (act === undefined) throw new UsageError(`Say what to do: ${[...actions.keys()].join(', ')}.`);
    const { id: identityId } = await chooseIdentity(context);
    await act({ context, values, words, identityId });
    return exitStatus.ok;
  },
};

const actions: ReadonlyMap<string, (step: Step) => Promise<void>> = new Map([
  ['list', async (step) => showAll(step, await view(step))],
  ['ask', ask],
  ['answer', answer],
  ['end', (step) => leave(step, 'end')],
  ['forget', (step) => leave(step, 'forget')],
  ['pairing-code', pairingCode],
  ['pair', pair],
  ['collect', collect],
]);

function view({ context, identityId }: Step): Promise<CustodyOverview> {
  return context.core.call('holding.view', { identityId });
}

async function showAll({ context, identityId }: Step, holding: CustodyOverview): Promise<void> {
  context.output.result(holding, custodyLines(holding, await contactNames(context, identityId)));
}

async function ask(step: Step): Promise<void> {
  const { context, identityId, words } = step;
  const terms = termsOf(step.values);
  const { id: contactId } = await findContact(context, identityId, words.length === 0 ? undefined : words.join(' '));
  await showHolder(step, await context.core.call('holding.ask', { identityId, contactId, terms }));
}

function termsOf({ quota, days: text }: Step['values']): HoldTerms {
  const days = text === undefined ? defaultHoldTerms.days : Number(text);
  const quotaBytes = quota === undefined ? defaultHoldTerms.quotaBytes : Number(quota) * 1024 * 1024;
  const terms = HoldTermsSchema.safeParse({ quotaBytes, days, largeDays: Math.min(days, defaultHoldTerms.largeDays) });
  if (!terms.success) throw new UsageError('--quota takes megabytes from 1 to 10240, --days a number from 1 to 60.');
  return terms.data;
}

async function showHolder({ context, identityId }: Step, holder: MailHolder): Promise<void> {
  context.output.result(holder, [holderLine(holder, await contactNames(context, identityId))]);
}

async function answer(step: Step): Promise<void> {
  const { context, identityId, words, values } = step;
  if (values.accept === values.refuse) throw new UsageError('Say --accept or --refuse.');
  const address = given(words);
  const asked = (await view(step)).clients.find(
    (client) => isGiven(address, client.address) && client.state === 'asked',
  );
  if (asked === undefined) throw new UsageError('Nobody with this address asks you to keep their mail.');
  const answered = await context.core.call('holding.answer', {
    identityId,
    agreementId: asked.agreementId,
    accept: values.accept,
  });
  context.output.result(answered, [clientLine(answered, await contactNames(context, identityId))]);
}

/** Two people may keep mail for each other: both agreements are with that address. */
async function leave(step: Step, action: 'end' | 'forget'): Promise<void> {
  const { context, identityId, words } = step;
  const address = given(words);
  const { holders, clients } = await view(step);
  const fitting = [...holders, ...clients].filter(
    (one) => isGiven(address, one.address) && isOver(one) === (action === 'forget'),
  );
  if (fitting.length === 0)
    throw new UsageError(
      action === 'end'
        ? 'There is no agreement in force with this address.'
        : 'There is no agreement with this address that is over.',
    );
  for (const { agreementId } of fitting) await context.core.call(`holding.${action}`, { identityId, agreementId });
  await showAll(step, await view(step));
}

function isOver({ state }: MailHolder | MailClient): boolean {
  return state === 'ended' || state === 'refused';
}

async function pairingCode({ context, identityId }: Step): Promise<void> {
  const code = await context.core.call('holding.pairingCode', { identityId });
  context.output.progress(
    'Whoever has this code can have mail kept here without a question. It works once, within a day:',
  );
  context.output.result(code, [code.text]);
}

async function pair(step: Step): Promise<void> {
  const { context, identityId, values, words } = step;
  if (words.length === 0)
    throw new UsageError('Give the pairing code of the other machine, or - to read it from standard input.');
  const text = (words.join(' ') === '-' ? await readInput(context.input) : words.join(' ')).trim();
  await showHolder(
    step,
    await context.core.call('holding.pair', {
      identityId,
      text,
      ...present({ name: values.name }),
    }),
  );
}

async function collect({ context, identityId }: Step): Promise<void> {
  context.output.result(await context.core.call('holding.collect', { identityId }), ['asked']);
}

function given([address]: readonly string[]): string {
  if (address === undefined) throw new UsageError('Give the address of the other one.');
  return address;
}
