import { parseArgs } from 'node:util';
import type { MessageSummary } from '../../../../shared/message';
import { findMailbox } from '../../find/find-mailbox';
import { findMessage } from '../../find/find-message';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';

/** `posthorn move`: puts messages into another mailbox. */
export const move: Command = {
  usage: ['move MESSAGE-ID… MAILBOX'],
  summary: 'move messages into another mailbox',
  run: async (context) => {
    const { positionals } = parseArgs({ args: [...context.args], options: {}, allowPositionals: true });
    const [target, ...ids] = [...positionals].reverse();
    if (target === undefined || ids.length === 0) throw new UsageError('Say which messages, and then the mailbox.');
    const moved: MessageSummary[] = [];
    for (const id of [...ids].reverse()) {
      const { identity, detail } = await findMessage(context, id);
      const { id: folder } = await findMailbox(context.core, identity.id, target);
      await context.core.call('messages.move', { identityId: identity.id, messageIds: [detail.summary.id], folder });
      moved.push((await findMessage(context, id)).detail.summary);
    }
    context.output.result(moved, [`${String(moved.length)} moved`]);
    return exitStatus.ok;
  },
};
