import { parseArgs } from 'node:util';
import type { Contact } from '../../../../shared/contact';
import { IntroducerTrust } from '../../../../shared/trust';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { findContact } from '../../find/find-contact';
import { trustLine, voucherLine } from '../../lines/trust-lines';

type Options = { readonly depth: string; readonly marginal: boolean };
type Step = { readonly context: CommandContext; readonly contact: Contact; readonly options: Options };

/** `posthorn trust`: what contacts' keys are worth, and the user's word on them. */
export const trust: Command = {
  usage: [
    'trust',
    'trust show|take-back|accept-key|follow-move|ignore-move ADDRESS',
    'trust introducer ADDRESS [--depth 1-5] [--marginal]',
    'trust no-introducer ADDRESS',
  ],
  summary: 'show what keys are worth, name introducers, take back, answer a changed key or a move',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { depth: { type: 'string', default: '1' }, marginal: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [action, address] = positionals;
    const { id: identityId } = await chooseIdentity(context);
    if (action === undefined) {
      const contacts = await context.core.call('contacts.list', { identityId });
      context.output.result(contacts, contacts.map(trustLine));
      return exitStatus.ok;
    }
    const act = actions[action];
    if (act === undefined) throw new UsageError(`Say what to do: ${Object.keys(actions).join(', ')}.`);
    return act({ context, contact: await findContact(context, identityId, address), options: values });
  },
};

const of = ({ identityId, id }: Contact) => ({ identityId, contactId: id });

const showing =
  (change: (step: Step) => Promise<Contact>) =>
  async (step: Step): Promise<number> => {
    const contact = await change(step);
    step.context.output.result(contact, [trustLine(contact)]);
    return exitStatus.ok;
  };

const actions: Readonly<Partial<Record<string, (step: Step) => Promise<number>>>> = {
  show,
  'take-back': showing(({ context, contact }) => context.core.call('contacts.revokeVerification', of(contact))),
  'accept-key': showing(({ context, contact }) => context.core.call('contacts.acceptKey', of(contact))),
  'follow-move': showing(({ context, contact }) =>
    context.core.call('contacts.answerMove', { ...of(contact), accept: true }),
  ),
  'ignore-move': showing(({ context, contact }) =>
    context.core.call('contacts.answerMove', { ...of(contact), accept: false }),
  ),
  introducer: showing(({ context, contact, options }) =>
    context.core.call('contacts.setIntroducer', { ...of(contact), introducer: introducerOf(options) }),
  ),
  'no-introducer': showing(({ context, contact }) =>
    context.core.call('contacts.setIntroducer', { ...of(contact), introducer: null }),
  ),
};

async function show({ context, contact }: Step): Promise<number> {
  const vouchers = await context.core.call('contacts.vouchers', of(contact));
  const fingerprint = contact.fingerprint === undefined ? [] : [`Fingerprint: ${contact.fingerprint}`];
  context.output.result({ contact, vouchers }, [trustLine(contact), ...fingerprint, ...vouchers.map(voucherLine)]);
  return exitStatus.ok;
}

function introducerOf({ depth, marginal }: Options): IntroducerTrust {
  const introducer = IntroducerTrust.safeParse({ depth: Number(depth), amount: marginal ? 'marginal' : 'full' });
  if (!introducer.success) throw new UsageError('The depth is a number from 1 to 5.');
  return introducer.data;
}
