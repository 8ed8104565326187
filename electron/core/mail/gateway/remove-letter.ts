import type { MessageId } from '../../../../shared/ids';
import type { Mailbox } from '../mailbox';

/** Deletes a letter that went through the gateway: its operator keeps nothing of what others write. */
export function removeLetter({ messages }: Pick<Mailbox, 'messages'>, messageId: MessageId): void {
  messages.move([messageId], 'trash');
  messages.delete([messageId]);
}
