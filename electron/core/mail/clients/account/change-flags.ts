import type { MailboxId } from '../../../../../shared/ids';
import { keptFlag } from '../../../domain/clients/message-flags';
import { MAX_KEYWORDS } from '../../../domain/limits';
import type { ImapAccount } from '../../../ports/imap';
import { markingAsRead } from '../../custody/read-receipts';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account, type Paces } from './account-of';
import { refusal, refusalOf } from './outcomes';
import { entriesOf } from './read-entries';

type Asked = Parameters<ImapAccount['setFlags']>[0];

/**
 * Changes flags in short commits, each seen by the window when it is there. What is marked as read is told to senders
 * who get read receipts, as in the window. Refuses flags that cannot be kept (`CANNOT`), more keywords than a message
 * may have (`LIMIT`; then those before it may be changed), and all in the outbox (`NOPERM`).
 */
export async function changeFlags(
  account: Account & { readonly paces: Paces },
  o: Asked,
): ReturnType<ImapAccount['setFlags']> {
  const modified: number[] = [];
  const pace = account.paces.flags;
  try {
    const { id: mailbox, specialUse } = requireMailbox(account, o.mailbox);
    if (specialUse === 'outbox') return refusal('NOPERM', 'Messages in the outbox are changed in Posthorn alone.');
    const flags = o.flags.map(keptFlag).filter((flag) => flag !== undefined);
    if (flags.length < o.flags.length) return refusal('CANNOT', 'A flag cannot be kept. Nothing was changed.');
    if (o.how !== 'remove' && keywordsIn(flags) > MAX_KEYWORDS)
      return refusal('LIMIT', `A message can have ${String(MAX_KEYWORDS)} keywords. Nothing was changed.`);
    for (const uids of pace.slices(o.uids)) {
      modified.push(...pace.measured(uids.length, () => changeSome(account, { ...o, mailbox, uids, flags })));
      await turn();
    }
  } catch (error) {
    return refusalOf(error);
  }
  return { isDone: true, modified };
}

const keywordsIn = (flags: readonly string[]): number => flags.filter((flag) => !flag.startsWith('\\')).length;

/** Answers what has changed since, and was left. */
function changeSome(account: Account, o: Asked & { readonly mailbox: MailboxId }): readonly number[] {
  const { mail, services } = account;
  const marks = o.how !== 'remove' && o.flags.includes('\\Seen');
  const since = o.unchangedSince ?? Number.MAX_SAFE_INTEGER;
  const unread = marks ? entriesOf(account, o).filter(({ seen, modseq }) => !seen && modseq <= since) : [];
  let modified: readonly number[] = [];
  markingAsRead(services, mail, {
    messageIds: unread.map(({ messageId }) => messageId),
    mark: () => {
      ({ modified } = mail.served.setFlags(o));
    },
  });
  return modified;
}
