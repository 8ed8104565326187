import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { findMessage } from '../../find/find-message';
import { writeNewFile } from '../../input/write-new-file';

/** `posthorn save-attachment`: one attachment into a file whose name the person gives, never the sender. */
export const saveAttachment: Command = {
  usage: ['save-attachment MESSAGE-ID NUMBER FILE'],
  summary: 'save an attachment; `show` tells its number',
  run: async (context) => {
    const [id, number, file] = context.args;
    if (file === undefined)
      throw new UsageError('Give the message, the number of the attachment and the file to save it in.');
    const { identity, detail } = await findMessage(context, id);
    const attachment = detail.attachments[Number(number) - 1];
    if (attachment === undefined) throw new UsageError('This message has no attachment of that number.');
    const message = { identityId: identity.id, messageId: detail.summary.id };
    const { content } = await context.core.call('attachments.read', { ...message, attachmentId: attachment.id });
    await writeNewFile(file, content);
    context.output.result({ saved: content.length }, [`saved ${content.length} octets`]);
    return exitStatus.ok;
  },
};
