import type { Command } from '../command';
import { exitStatus } from '../command';
import { findMessage } from '../../find/find-message';
import { messageLines } from '../../lines/show-lines';

/** `posthorn show`: one message as text. Its HTML part is only in the JSON form. */
export const show: Command = {
  usage: ['show MESSAGE-ID'],
  summary: 'show a message',
  run: async (context) => {
    const { detail } = await findMessage(context, context.args[0]);
    context.output.result(detail, messageLines(detail));
    return exitStatus.ok;
  },
};
