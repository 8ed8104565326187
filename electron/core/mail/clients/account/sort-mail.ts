import { foldText } from '../../../../../shared/text/text-folding';
import { baseSubject } from '../../../domain/clients/base-subject';
import type { ImapSortRow, ImapThreadRow } from '../../../ports/imap';
import type { ClientRow } from '../../../ports/storage/client-mail';
import { requireMailbox, type Account } from './account-of';

type Asked = { readonly mailbox: string; readonly uids: readonly number[] };

/** What SORT goes by (RFC 5256 3): of people the local part of the first address, folded. */
export function sortRows(account: Account, o: Asked): ImapSortRow[] {
  return rowsOf(account, o).map((row) => ({
    uid: row.uid,
    arrival: row.arrival,
    date: row.date,
    size: row.size,
    subject: foldText(baseSubject(row.subject)),
    from: localPart(row.from[0]),
    to: localPart(row.to[0]),
    cc: localPart(row.cc[0]),
  }));
}

/** Conversations are those of the window, where no stranger's letter can join another's (REFERENCES asks for less). */
export function threadRows(account: Account, o: Asked): ImapThreadRow[] {
  return rowsOf(account, o).map(({ uid, threadId, date }) => ({ uid, threadId, date }));
}

function rowsOf(account: Account, { mailbox, uids }: Asked): ClientRow[] {
  return account.mail.clients.rows({ mailbox: requireMailbox(account, mailbox).id, uids });
}

/** Of `Name <local@host>`, too, as it is typed into a draft. */
function localPart(address = ''): string {
  const bare = address.slice(address.lastIndexOf('<') + 1);
  return foldText(bare.slice(0, Math.max(0, bare.lastIndexOf('@'))));
}
