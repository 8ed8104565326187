import type { ImapAccount } from '../../../ports/imap';
import type { MailboxEntry } from '../../../ports/storage/mailboxes';
import type { MailboxId } from '../../../../../shared/ids';
import { changedFlags, flagsOf, keptFlag, type FlagsChange } from '../../../domain/clients/message-flags';
import { MAX_KEYWORDS } from '../../../domain/limits';
import { markingAsRead } from '../../custody/read-receipts';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account } from './account-of';
import { refusal, refusalOf } from './outcomes';
import { entriesOf, slicesOf } from './read-entries';

type Asked = Parameters<ImapAccount['setFlags']>[0];

/**
 * Changes flags in short commits, each seen by the window when it is there. What is marked as read is told to senders
 * who get read receipts, as in the window. Refuses flags that cannot be kept (`CANNOT`), more keywords than a message
 * may have (`LIMIT`), and all in the outbox (`NOPERM`).
 */
export async function changeFlags(account: Account, o: Asked): ReturnType<ImapAccount['setFlags']> {
  const modified: number[] = [];
  try {
    const { id, specialUse } = requireMailbox(account, o.mailbox);
    if (specialUse === 'outbox') return refusal('NOPERM', 'Messages in the outbox are changed in Posthorn alone.');
    const change = changeOf(o);
    if (change === undefined) return refusal('CANNOT', 'One of the flags cannot be kept. Nothing was changed.');
    if (change.flags.length > MAX_KEYWORDS + 5) return tooMany();
    for (const uids of slicesOf(o.uids)) {
      modified.push(...changeSome(account, { ...o, mailbox: id, uids, change }));
      await turn();
    }
  } catch (error) {
    return refusalOf(error);
  }
  return { isDone: true, modified };
}

const tooMany = (): ReturnType<typeof refusal> =>
  refusal('LIMIT', `A message can have ${String(MAX_KEYWORDS)} keywords. Nothing was changed.`);

function changeOf({ how, flags }: Asked): FlagsChange | undefined {
  const kept = flags.map(keptFlag);
  return kept.includes(undefined) ? undefined : { how, flags: [...new Set(kept.filter((flag) => flag !== undefined))] };
}

type Some = Pick<Asked, 'uids' | 'unchangedSince'> & { readonly mailbox: MailboxId; readonly change: FlagsChange };

/** Answers what has changed since, and was left. */
function changeSome(account: Account, o: Some): number[] {
  const entries = entriesOf(account, o);
  const isLate = ({ modseq }: MailboxEntry): boolean => o.unchangedSince !== undefined && modseq > o.unchangedSince;
  const changes = entries.flatMap((entry) => {
    const flags = isLate(entry) ? undefined : changedFlags(flagsOf(entry).map(asKept), o.change);
    return flags === undefined ? [] : [{ entry, flags }];
  });
  const read = changes.filter(({ entry, flags }) => !entry.seen && flags.includes('\\Seen'));
  markingAsRead(account.services, account.mail, {
    messageIds: read.map(({ entry }) => entry.messageId),
    mark: () => {
      for (const { entry, flags } of changes)
        account.mail.served.setFlags({ mailbox: o.mailbox, uid: entry.uid, flags });
    },
  });
  return entries.filter(isLate).map(({ uid }) => uid);
}

const asKept = (flag: string): string => keptFlag(flag) ?? flag;
