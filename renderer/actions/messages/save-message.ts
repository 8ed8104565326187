import type { MessageSummary } from '../../../shared/message';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';

/** Saves a message as it went over the wire (still encrypted) as an `.eml` file that other mail programs open. */
export const saveMessage = async ({ core, shell }: Services, message: MessageSummary): Promise<void> => {
  const saved = await tryOrTell(async () => {
    const content = await core.call('messages.raw', { identityId: message.identityId, messageId: message.id });
    return shell.call('files.save', { suggestedName: `message-${message.id.slice(0, 8)}.eml`, content });
  });
  if (saved?.saved) showToast({ text: 'Message saved' });
};
