import { parseArgs } from 'node:util';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { findContact } from '../../find/find-contact';
import { deliveryLine } from '../../lines/show-lines';

/** `posthorn introduce`: sends each of two verified contacts the other's card. */
export const introduce: Command = {
  usage: ['introduce ADDRESS ADDRESS [--note TEXT]'],
  summary: 'send each of two verified contacts the other’s address and key with your certification',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { note: { type: 'string', default: '' } },
      allowPositionals: true,
    });
    const { id: identityId } = await chooseIdentity(context);
    const first = await findContact(context, identityId, positionals[0]);
    const second = await findContact(context, identityId, positionals[1]);
    const messages = await context.core.call('contacts.introduce', {
      identityId,
      first: first.id,
      second: second.id,
      note: values.note,
    });
    context.output.result(
      messages,
      messages.flatMap(({ deliveries }) => deliveries.map(deliveryLine)),
    );
    return exitStatus.ok;
  },
};
