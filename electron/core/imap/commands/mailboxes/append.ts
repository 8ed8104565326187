import { readAppend } from '../../grammar/append-arguments';
import type { Command } from '../../session/command';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok } from '../../session/tagged';

/** APPEND (RFC 9051 6.3.12). */
export const append: Command = {
  state: 'authenticated',
  read: (reader) => {
    const { name, ...message } = readAppend(reader);
    return async ({ session, account }) => {
      if (message.octets.length === 0) return no('There are no messages without octets', 'CANNOT');
      const mailbox = mailboxAt(account, pathOf(session, name));
      if (!mailbox) return no('There is no such mailbox', 'TRYCREATE');
      const appended = await account.append({ ...message, mailbox: mailbox.id });
      if (!appended.isDone) return refused(appended);
      const { uidValidity, uid } = appended;
      return ok('Appended', uid === undefined ? undefined : `APPENDUID ${String(uidValidity)} ${String(uid)}`);
    };
  },
};
