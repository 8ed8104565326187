import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxEntry } from '../../../ports/storage/mailboxes';
import type { ImapEntry } from '../../../ports/imap';
import { flagsOf } from '../../../domain/clients/message-flags';
import type { Account } from './account-of';

/** Messages that are looked at or changed in one turn of the event loop. */
export const AT_ONCE = 200;

export function toImapEntry(entry: MailboxEntry): ImapEntry {
  return { uid: entry.uid, modseq: entry.modseq, flags: flagsOf(entry) };
}

/** Of these UIDs what is there, ascending, in one statement. */
export function entriesOf(
  { mail }: Pick<Account, 'mail'>,
  { mailbox, uids }: { readonly mailbox: MailboxId; readonly uids: readonly number[] },
): MailboxEntry[] {
  return mail.mailboxes.entries({ mailbox, uids, limit: uids.length });
}

/** In the order in which they were given. */
export function slicesOf<T>(all: readonly T[], size = AT_ONCE): T[][] {
  const slices: T[][] = [];
  for (let at = 0; at < all.length; at += size) slices.push(all.slice(at, at + size));
  return slices;
}
