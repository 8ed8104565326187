import type { Command, LoggedIn } from '../../session/command';
import { PAGE } from '../../session/entries';
import { isInbox, mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok, type Tagged } from '../../session/tagged';

/** RENAME (RFC 9051 6.3.6). */
export const rename: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const from = reader.astringOctets();
    reader.space();
    const to = reader.astringOctets();
    return (context) => {
      const { session, account } = context;
      const path = pathOf(session, to);
      const mailbox = mailboxAt(account, pathOf(session, from));
      if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
      if (!path) return no('This is no name', 'CANNOT');
      if (mailboxAt(account, path)) return no('There is a mailbox of this name already', 'ALREADYEXISTS');
      if (isInbox(mailbox.path)) return moveInbox(context, { inbox: mailbox.id, path });
      const renamed = account.rename({ id: mailbox.id, path });
      return renamed.isDone ? ok('Renamed') : refused(renamed);
    };
  },
};

/** INBOX stays, and its mail goes to a new mailbox. */
async function moveInbox(
  { session, account }: LoggedIn,
  { inbox, path }: { inbox: string; path: readonly string[] },
): Promise<Tagged> {
  const made = account.create(path);
  if (!made.isDone) return refused(made);
  for (;;) {
    const uids = account.entries({ mailbox: inbox, limit: PAGE }).map(({ uid }) => uid);
    if (uids.length === 0) return ok('Moved the mail of INBOX');
    const moved = account.move({ mailbox: inbox, uids, to: made.id });
    if (!moved.isDone) return refused(moved);
    if (moved.from.length === 0) return no('Some of the mail of INBOX could not be moved', 'CANNOT');
    await session.client.flow();
  }
}
