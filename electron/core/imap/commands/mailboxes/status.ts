import { readStatusItems } from '../../grammar/status-items';
import type { Command } from '../../session/command';
import { mailboxAt, pathOf } from '../../session/mailbox-names';
import { tellStatus } from '../../session/tell-status';
import { no, ok } from '../../session/tagged';

/** STATUS (RFC 9051 6.3.11). */
export const status: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const name = reader.astringOctets();
    reader.space();
    const items = readStatusItems(reader);
    return (context) => {
      const mailbox = mailboxAt(context.account, pathOf(context.session, name));
      if (!mailbox || !tellStatus(context, { mailbox, items })) return no('There is no such mailbox', 'NONEXISTENT');
      return ok('Done');
    };
  },
};
