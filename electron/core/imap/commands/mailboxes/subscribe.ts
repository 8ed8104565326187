import type { ImapAccount } from '../../../ports/imap';
import type { Command } from '../../session/command';
import { mailboxAt, pathOf, SEPARATOR } from '../../session/mailbox-names';
import { no, ok } from '../../session/tagged';

/** Whether it is the name of a mailbox that is gone, and is subscribed to. */
function isLost(account: ImapAccount, path: readonly string[]): boolean {
  const name = path.join(SEPARATOR);
  return account.lostSubscriptions().some((lost) => lost.path.join(SEPARATOR) === name);
}

/** SUBSCRIBE and UNSUBSCRIBE (RFC 9051 6.3.7, 6.3.8). */
export function subscribe({ isSubscribed }: { readonly isSubscribed: boolean }): Command {
  return {
    state: 'authenticated',
    read: (reader) => {
      reader.space();
      const name = reader.astringOctets();
      return ({ session, account }) => {
        const path = pathOf(session, name);
        const mailbox = mailboxAt(account, path);
        if (!mailbox && path && isLost(account, path)) {
          if (!isSubscribed) account.unsubscribeLost(path);
          return ok('Done');
        }
        if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
        account.subscribe({ id: mailbox.id, isSubscribed });
        return ok('Done');
      };
    },
  };
}
