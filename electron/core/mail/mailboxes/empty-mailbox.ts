import { PosthornError } from '../../../../shared/errors';
import type { MailboxRef } from '../../../../shared/mailbox';
import type { Mailbox } from '../mailbox';

type Boxes = Pick<Mailbox, 'messages' | 'mailboxes'>;

/** Messages that are changed in one commit: each must be short, since nothing else runs meanwhile. */
const AT_ONCE = 20;

/**
 * Deletes all that is in the trash or in Requests for good; what is in the archive or in a mailbox of the person's own
 * goes to the trash. Answers how many. What comes meanwhile stays: it was not there when the person decided. Throws
 * `mailbox-refused` for other mailboxes, `disk-full` and `store-damaged`; then a part may be gone.
 */
export async function emptyMailbox(boxes: Boxes, mailbox: MailboxRef): Promise<number> {
  const { specialUse } = boxes.mailboxes.get(mailbox);
  const deletes = specialUse === 'trash' || specialUse === 'requests';
  if (!deletes && specialUse !== undefined && specialUse !== 'archive')
    throw new PosthornError('mailbox-refused', 'This mailbox cannot be emptied at once. Nothing was changed.');
  const { uidNext } = boxes.mailboxes.state(mailbox);
  const part = () => boxes.mailboxes.entries({ mailbox, limit: AT_ONCE }).filter(({ uid }) => uid < uidNext);
  let sum = 0;
  for (let entries = part(); entries.length > 0; entries = part()) {
    const ids = entries.map(({ messageId }) => messageId);
    if (deletes) boxes.messages.delete(ids);
    else boxes.messages.move(ids, 'trash');
    sum += ids.length;
    await turn();
  }
  return sum;
}

/** Moves some of the messages of a mailbox to the trash, in one commit. Answers how many: 0 when it is empty. */
export function moveSomeToTrash({ mailboxes, messages }: Boxes, mailbox: MailboxRef): number {
  const ids = mailboxes.entries({ mailbox, limit: AT_ONCE }).map(({ messageId }) => messageId);
  if (ids.length > 0) messages.move(ids, 'trash');
  return ids.length;
}

/** Lets everything else run that waits for its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
