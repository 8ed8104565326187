import type { Command } from '../../session/command';
import { no, ok } from '../../session/tagged';
import { refused } from '../../session/refused';
import { pathOf } from '../../session/mailbox-names';

/**
 * CREATE (RFC 9051 6.3.4), with a special use too (RFC 6154 3). A separator at the end says that there will be
 * mailboxes in it: any may have some.
 */
export const create: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const name = reader.astringOctets();
    const uses = reader.more() ? reader.list(() => readUse(reader)).flat() : [];
    return ({ session, account }) => {
      if (uses.length > 1) return no('A mailbox has one special use at most', 'USEATTR');
      const path = pathOf(session, name);
      const levels = path && path.length > 1 && path.at(-1) === '' ? path.slice(0, -1) : path;
      if (!levels) return no('This is no name', 'CANNOT');
      const made = account.create(levels, uses[0]);
      return made.isDone ? ok('Created', `MAILBOXID (${made.id})`) : refused(made);
    };
  },
};

/** `USE (\Drafts …)` (RFC 6154 3). */
function readUse(reader: Parameters<Command['read']>[0]): string[] {
  reader.expect('USE');
  reader.space();
  return reader.list(() => {
    reader.expect('\\');
    return `\\${reader.atom()}`;
  });
}
