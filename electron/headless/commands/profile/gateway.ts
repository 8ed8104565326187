import { parseArgs } from 'node:util';
import { GatewaySettings, type GatewayView } from '../../../../shared/gateway/gateway-view';
import { MailAddress, type IdentityId } from '../../../../shared/ids';
import { chooseIdentity } from '../../find/choose-identity';
import { gatewayLines } from '../../lines/gateway-lines';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';

const DAY_MS = 86_400_000;

const options = {
  domain: { type: 'string' },
  'lmtp-port': { type: 'string' },
  'smtp-port': { type: 'string' },
  'results-of': { type: 'string' },
  days: { type: 'string', default: '365' },
  'a-day': { type: 'string', default: '100' },
  'replies-only': { type: 'boolean', default: false },
} as const;

type Step = {
  readonly context: CommandContext;
  readonly identityId: IdentityId;
  readonly values: {
    readonly domain?: string;
    readonly 'lmtp-port'?: string;
    readonly 'smtp-port'?: string;
    readonly 'results-of'?: string;
    readonly days: string;
    readonly 'a-day': string;
    readonly 'replies-only': boolean;
  };
  /** The word after the action. */
  readonly word: string | undefined;
};

/** `posthorn gateway`: relaying between Posthorn and ordinary e-mail, with a mail server on the same machine. */
export const gateway: Command = {
  usage: [
    'gateway [status]',
    'gateway on [--domain DOMAIN] [--lmtp-port PORT] [--smtp-port PORT] [--results-of NAME]',
    'gateway off',
    'gateway postfix-config',
    'gateway allow ADDRESS [--days NUMBER] [--a-day NUMBER] [--replies-only]',
    'gateway end ADDRESS',
    'gateway alias ADDRESS',
    'gateway end-alias ALIAS',
  ],
  summary: 'relay between contacts and ordinary e-mail, with a mail server of this machine',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'status', word, ...more] = positionals;
    const act = actions.get(action);
    const isTooMuch = more.length > 0 || (word !== undefined && !TAKE_A_WORD.has(action));
    if (act === undefined || isTooMuch) throw new UsageError(`Say one of ${[...actions.keys()].join(', ')}.`);
    const { id: identityId } = await chooseIdentity(context);
    await act({ context, identityId, values, word });
    return exitStatus.ok;
  },
};

const TAKE_A_WORD: ReadonlySet<string> = new Set(['allow', 'end', 'alias', 'end-alias']);

const actions: ReadonlyMap<string, (step: Step) => Promise<void>> = new Map([
  ['status', async (step) => show(step, await view(step))],
  ['on', turnOn],
  ['off', turnOff],
  ['postfix-config', printConfig],
  ['allow', allow],
  ['end', (step) => change(step, 'gateway.end')],
  ['alias', (step) => change(step, 'gateway.addAlias')],
  ['end-alias', endAlias],
]);

function view({ context, identityId }: Step): Promise<GatewayView> {
  return context.core.call('gateway.view', { identityId });
}

function show({ context }: Step, gatewayView: GatewayView): void {
  context.output.result(gatewayView, gatewayLines(gatewayView));
}

/** What is not said stays as it was. */
async function turnOn(step: Step): Promise<void> {
  const { values } = step;
  const before = (await view(step)).settings;
  const settings = GatewaySettings.safeParse({
    lmtpPort: 2_424,
    mtaPort: 2_425,
    ...before,
    ...(values.domain === undefined ? {} : { domain: values.domain.toLowerCase() }),
    ...(values['lmtp-port'] === undefined ? {} : { lmtpPort: Number(values['lmtp-port']) }),
    ...(values['smtp-port'] === undefined ? {} : { mtaPort: Number(values['smtp-port']) }),
    ...(values['results-of'] === undefined ? {} : { resultsOf: values['results-of'].toLowerCase() }),
    isOn: true,
  });
  if (!settings.success)
    throw new UsageError('Say the domain, such as --domain example.org; ports are numbers from 1024 to 65535.');
  show(step, await step.context.core.call('gateway.set', { identityId: step.identityId, settings: settings.data }));
}

async function turnOff(step: Step): Promise<void> {
  const { settings } = await view(step);
  if (settings === undefined) throw new UsageError('This identity is no gateway.');
  const { core } = step.context;
  show(step, await core.call('gateway.set', { identityId: step.identityId, settings: { ...settings, isOn: false } }));
}

async function printConfig({ context, identityId }: Step): Promise<void> {
  const config = await context.core.call('gateway.postfixConfig', { identityId });
  context.output.result(config, [config.text]);
}

async function allow(step: Step): Promise<void> {
  const { context, identityId, values } = step;
  const [days, lettersADay] = [Number(values.days), Number(values['a-day'])];
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new UsageError('--days takes a number from 1 to 3650.');
  if (!Number.isInteger(lettersADay) || lettersADay < 1 || lettersADay > 10_000)
    throw new UsageError('--a-day takes a number from 1 to 10000.');
  const terms = { until: Date.now() + days * DAY_MS, lettersADay, repliesOnly: values['replies-only'] };
  show(step, await context.core.call('gateway.allow', { identityId, participant: participantOf(step), ...terms }));
}

async function change(step: Step, call: 'gateway.end' | 'gateway.addAlias'): Promise<void> {
  const { context, identityId } = step;
  show(step, await context.core.call(call, { identityId, participant: participantOf(step) }));
}

async function endAlias(step: Step): Promise<void> {
  const { context, identityId, word } = step;
  if (word === undefined) throw new UsageError('Say which alias, as `posthorn gateway` lists it.');
  show(step, await context.core.call('gateway.endAlias', { identityId, alias: word }));
}

function participantOf({ word }: Step): MailAddress {
  const address = MailAddress.safeParse(word?.trim().toLowerCase());
  if (address.success) return address.data;
  throw new UsageError('Say the Posthorn address of the person: local@….onion.');
}
