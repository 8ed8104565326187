import { parseArgs } from 'node:util';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { findMessage } from '../../find/find-message';
import { contactLine } from '../../lines/show-lines';

/** `posthorn requests`: lets a stranger in or keeps them out. */
export const requests: Command = {
  usage: ['requests accept|block MESSAGE-ID'],
  summary: 'accept or block the stranger who wrote a message',
  run: async (context) => {
    const { positionals } = parseArgs({ args: [...context.args], options: {}, allowPositionals: true });
    const [action, id] = positionals;
    if (action !== 'accept' && action !== 'block') throw new UsageError('Say what to do: accept or block.');
    const { identity, detail } = await findMessage(context, id);
    const message = { identityId: identity.id, messageId: detail.summary.id };
    const contact = await (action === 'accept'
      ? context.core.call('requests.accept', message)
      : context.core.call('requests.block', message));
    context.output.result(contact, [contactLine(contact)]);
    return exitStatus.ok;
  },
};
