import { readAppend } from '../../grammar/append-arguments';
import type { Command } from '../../session/command';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { refused } from '../../session/refused';
import { no, ok } from '../../session/tagged';

/** APPEND (RFC 9051 6.3.12), of several messages too (RFC 3502): a message without octets gives all of them up. */
export const append: Command = {
  state: 'authenticated',
  read: (reader) => {
    const { name, messages } = readAppend(reader);
    return async ({ session, account }) => {
      if (messages.some(({ octets }) => octets.length === 0))
        return no('There are no messages without octets', 'CANNOT');
      const mailbox = mailboxAt(account, pathOf(session, name));
      if (!mailbox) return no('There is no such mailbox', 'TRYCREATE');
      const appended = await account.append({ messages, mailbox: mailbox.id });
      if (!appended.isDone) return refused(appended);
      const { uidValidity, uids } = appended;
      // In their order: what is in Sent already has a lower one.
      return ok('Appended', uids && `APPENDUID ${String(uidValidity)} ${uids.join(',')}`);
    };
  },
};
