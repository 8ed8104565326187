import type { ImapSortRow, ImapThreadRow } from '../../../ports/imap';
import { requireMailbox, type Account } from './account-of';

type Asked = { readonly mailbox: string; readonly uids: readonly number[] };

/** What SORT goes by (RFC 5256 3). */
export function sortRows({ mail, form }: Account, { mailbox, uids }: Asked): ImapSortRow[] {
  return mail.served.sortRows({ mailbox: requireMailbox({ mail }, mailbox).id, form, uids });
}

/** Conversations are those of the window, where no stranger's letter can join another's (REFERENCES asks for less). */
export function threadRows(account: Account, o: Asked): ImapThreadRow[] {
  return account.mail.served
    .sortRows({ mailbox: requireMailbox(account, o.mailbox).id, form: account.form, uids: o.uids })
    .map(({ uid, threadId, date }) => ({ uid, threadId, date }));
}
