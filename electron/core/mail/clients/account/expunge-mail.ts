import type { MailboxId } from '../../../../../shared/ids';
import type { ImapAccount } from '../../../ports/imap';
import { turn } from '../../mailboxes/empty-mailbox';
import { requireMailbox, type Account, type Paces } from './account-of';
import { AT_ONCE, entriesOf, slicesOf } from './read-entries';

/**
 * Deletes for ever what is flagged as `\Deleted`, in short commits, wherever it lies: a program that wants it kept
 * moves it to the trash, as Posthorn does. What is in the outbox stays. What is flagged meanwhile may go with the
 * others; what has lost its flag before its turn comes stays. Answers the UIDs that went.
 */
export async function expungeMail(
  account: Account & { readonly paces: Paces },
  o: Parameters<ImapAccount['expunge']>[0],
): Promise<readonly number[]> {
  const pace = account.paces.expunge;
  const { id: mailbox, specialUse } = requireMailbox(account, o.mailbox);
  if (specialUse === 'outbox' || account.mail.mailboxes.state(mailbox).deleted === 0) return [];
  const gone: number[] = [];
  for await (const deleted of deletedIn(account, { mailbox, uids: o.uids }))
    for (const uids of pace.slices(deleted)) {
      gone.push(...pace.measured(uids.length, () => account.mail.served.expunge({ mailbox, uids, onlyDeleted: true })));
      await turn();
    }
  return gone;
}

/** UIDs of what is flagged as deleted, some at a time, as it is when they are asked for. */
async function* deletedIn(
  account: Account,
  o: { readonly mailbox: MailboxId; readonly uids: readonly number[] | undefined },
): AsyncGenerator<number[]> {
  if (o.uids) {
    for (const uids of slicesOf(o.uids)) {
      yield deletedOf(entriesOf(account, { mailbox: o.mailbox, uids }));
      await turn();
    }
    return;
  }
  const { mailboxes } = account.mail;
  const part = (afterUid: number) => mailboxes.entries({ mailbox: o.mailbox, afterUid, limit: AT_ONCE });
  for (let entries = part(0); entries.length > 0; entries = part(entries.at(-1)?.uid ?? 0)) {
    yield deletedOf(entries);
    await turn();
  }
}

const deletedOf = (entries: readonly { readonly uid: number; readonly deleted: boolean }[]): number[] =>
  entries.filter(({ deleted }) => deleted).map(({ uid }) => uid);
