import type { Command } from '../../session/command';
import { isInbox, mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok } from '../../session/tagged';

/** DELETE (RFC 9051 6.3.5). */
export const deleteMailbox: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const name = reader.astringOctets();
    return async ({ session, account }) => {
      const mailbox = mailboxAt(account, pathOf(session, name));
      if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
      if (isInbox(mailbox.path)) return no('INBOX stays', 'CANNOT');
      const removed = await account.remove(mailbox.id);
      if (!removed.isDone) return refused(removed);
      if (session.selected?.mailbox.id === mailbox.id) session.selected = undefined;
      return ok('Deleted');
    };
  },
};
