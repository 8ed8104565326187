import type { MailboxId } from '../../../../shared/ids';
import { requireOwn, treeOf } from '../../domain/mailboxes/mailbox-rules';
import type { Mailbox } from '../mailbox';
import { moveSomeToTrash, turn } from './empty-mailbox';

/**
 * Deletes a mailbox and all that lie in it; their mail goes to the trash, also what is moved there meanwhile. Answers
 * how many messages went. Throws `mailbox-unknown`, `mailbox-refused` for one of the seven, `disk-full`; then it is
 * there, and a part of its mail may be in the trash.
 */
export async function deleteMailbox(
  boxes: Pick<Mailbox, 'mailboxes' | 'messages'>,
  id: MailboxId,
): Promise<{ readonly moved: number }> {
  requireOwn(boxes.mailboxes.get(id));
  let moved = 0;
  // Each turn looks anew, and removes only what is empty in this very turn: more may have come meanwhile.
  for (let all = boxes.mailboxes.all(); all.some((box) => box.id === id); all = boxes.mailboxes.all()) {
    const lowest = treeOf(all, id).at(-1) ?? { id };
    const part = moveSomeToTrash(boxes, lowest.id);
    if (part === 0) boxes.mailboxes.remove(lowest.id);
    moved += part;
    await turn();
  }
  return { moved };
}
