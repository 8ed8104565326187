import type { Command } from '../../session/command';
import { no, ok } from '../../session/tagged';
import { refused } from '../../session/refused';
import { pathOf } from '../../session/mailbox-names';

/** CREATE (RFC 9051 6.3.4). A separator at the end says that there will be mailboxes in it: any may have some. */
export const create: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const name = reader.astringOctets();
    const isUseAsked = reader.more() && reader.list(() => readUse(reader)).length > 0;
    return ({ session, account }) => {
      if (isUseAsked) return no('Special uses are given to mailboxes that are there already', 'USEATTR');
      const path = pathOf(session, name);
      const levels = path && path.length > 1 && path.at(-1) === '' ? path.slice(0, -1) : path;
      if (!levels) return no('This is no name', 'CANNOT');
      const made = account.create(levels);
      return made.isDone ? ok('Created', `MAILBOXID (${made.id})`) : refused(made);
    };
  },
};

/** `USE (\Drafts …)` (RFC 6154 3). */
function readUse(reader: Parameters<Command['read']>[0]): void {
  reader.expect('USE');
  reader.space();
  reader.list(() => {
    reader.expect('\\');
    reader.atom();
  });
}
