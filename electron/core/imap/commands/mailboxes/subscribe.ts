import type { Command } from '../../session/command';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { no, ok } from '../../session/tagged';

/** SUBSCRIBE and UNSUBSCRIBE (RFC 9051 6.3.7, 6.3.8). */
export function subscribe({ isSubscribed }: { readonly isSubscribed: boolean }): Command {
  return {
    state: 'authenticated',
    read: (reader) => {
      reader.space();
      const name = reader.astringOctets();
      return ({ session, account }) => {
        const mailbox = mailboxAt(account, pathOf(session, name));
        if (!mailbox) return no('There is no such mailbox', 'NONEXISTENT');
        account.subscribe({ id: mailbox.id, isSubscribed });
        return ok('Done');
      };
    },
  };
}
