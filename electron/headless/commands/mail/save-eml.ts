import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { findMessage } from '../../find/find-message';
import { writeNewFile } from '../../input/write-new-file';

/** `posthorn save-eml`: the message as it went over the wire. */
export const saveEml: Command = {
  usage: ['save-eml MESSAGE-ID FILE'],
  summary: 'save a message as it went over the wire',
  run: async (context) => {
    const [id, file] = context.args;
    if (file === undefined) throw new UsageError('Give the message and the file to save it in.');
    const { identity, detail } = await findMessage(context, id);
    const raw = await context.core.call('messages.raw', { identityId: identity.id, messageId: detail.summary.id });
    await writeNewFile(file, raw);
    context.output.result({ saved: raw.length }, [`saved ${raw.length} octets`]);
    return exitStatus.ok;
  },
};
