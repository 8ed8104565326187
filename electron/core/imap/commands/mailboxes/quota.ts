import type { Command, LoggedIn } from '../../session/command';
import { mailboxAt, nameForm, pathOf, SEPARATOR } from '../../session/mailbox-names';
import { no, ok } from '../../session/tagged';

/** GETQUOTA (RFC 9208 4.1.1): one limit for all mailboxes, whose name is "". */
export const getQuota: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const root = reader.astring();
    return (context) => {
      if (root !== '') return no('There is no such quota root', 'NONEXISTENT');
      tellQuota(context);
      return ok('Done');
    };
  },
};

/** GETQUOTAROOT (RFC 9208 4.1.2). */
export const getQuotaRoot: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const name = reader.astringOctets();
    return (context) => {
      const { session, account } = context;
      const mailbox = mailboxAt(account, pathOf(session, name));
      if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
      session.client.tell(`QUOTAROOT ${nameForm(session, mailbox.path.join(SEPARATOR))} ""`);
      tellQuota(context);
      return ok('Done');
    };
  },
};

function tellQuota({ session, account }: LoggedIn): void {
  const { used, limit } = account.quota();
  session.client.tell(`QUOTA "" (STORAGE ${String(Math.ceil(used))} ${String(Math.floor(limit))})`);
}
