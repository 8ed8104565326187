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

/** Of these UIDs what is there, ascending. A run of UIDs is read at once. */
export function entriesOf(
  { mail }: Pick<Account, 'mail'>,
  o: { readonly mailbox: MailboxId; readonly uids: readonly number[] },
): MailboxEntry[] {
  const found: MailboxEntry[] = [];
  for (const { from, to } of runsOf(o.uids)) {
    const entries = mail.mailboxes.entries({ mailbox: o.mailbox, afterUid: from - 1, limit: to - from + 1 });
    found.push(...entries.filter(({ uid }) => uid <= to));
  }
  return found;
}

function runsOf(uids: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const uid of [...new Set(uids)].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.to === uid - 1) last.to = uid;
    else runs.push({ from: uid, to: uid });
  }
  return runs;
}

/** In the order in which they were given. */
export function slicesOf<T>(all: readonly T[], size = AT_ONCE): T[][] {
  const slices: T[][] = [];
  for (let at = 0; at < all.length; at += size) slices.push(all.slice(at, at + size));
  return slices;
}
