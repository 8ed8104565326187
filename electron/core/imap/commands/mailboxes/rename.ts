import type { Command } from '../../session/command';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok } from '../../session/tagged';

/** RENAME (RFC 9051 6.3.6). */
export const rename: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const from = reader.astringOctets();
    reader.space();
    const to = reader.astringOctets();
    return async ({ session, account }) => {
      const path = pathOf(session, to);
      const mailbox = mailboxAt(account, pathOf(session, from));
      if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
      if (!path) return no('This is no name', 'CANNOT');
      if (mailboxAt(account, path)) return no('There is a mailbox of this name already', 'ALREADYEXISTS');
      const renamed = await account.rename({ id: mailbox.id, path });
      return renamed.isDone ? ok('Renamed') : refused(renamed);
    };
  },
};
