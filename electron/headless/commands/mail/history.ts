import type { Command } from '../command';
import { exitStatus } from '../command';
import { contactNames } from '../../lines/contact-names';
import { findMessage } from '../../find/find-message';
import { historyLine } from '../../lines/custody-lines';

/** `posthorn history`: what happened to a message that was written here, oldest first. */
export const history: Command = {
  usage: ['history MESSAGE-ID'],
  summary: 'show where a message of yours has been, and who keeps it',
  run: async (context) => {
    const { identity, detail } = await findMessage(context, context.args[0]);
    const entries = await context.core.call('messages.history', {
      identityId: identity.id,
      messageId: detail.summary.id,
    });
    const nameOf = await contactNames(context, identity.id);
    context.output.result(
      entries,
      entries.map((entry) => historyLine(entry, nameOf)),
    );
    return exitStatus.ok;
  },
};
