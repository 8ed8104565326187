import { present } from '../../../../../shared/present';
import { isReply } from '../../../domain/clients/is-reply';
import { baseSubject } from '../../../domain/served/base-subject';
import type { ImapSortRow, ImapThreadRow } from '../../../ports/imap';
import { requireMailbox, type Account } from './account-of';

type Asked = { readonly mailbox: string; readonly uids: readonly number[] };

/** What SORT goes by (RFC 5256 3). */
export function sortRows({ mail, form }: Account, { mailbox, uids }: Asked): ImapSortRow[] {
  return mail.served
    .sortRows({ mailbox: requireMailbox({ mail }, mailbox).id, form, uids })
    .map(({ threadId: _threadId, ...row }) => row);
}

/** What each message says of those before it, and the conversation in which the window shows it. */
export function threadRows({ mail }: Account, { mailbox, uids }: Asked): ImapThreadRow[] {
  const rows = mail.clients.threadRows({ mailbox: requireMailbox({ mail }, mailbox).id, uids });
  return rows.map(({ uid, threadId, date, subject, references, rfcMessageId }) => ({
    uid,
    threadId,
    date,
    references,
    subject: baseSubject(subject),
    isReply: isReply(subject),
    ...present({ messageId: rfcMessageId }),
  }));
}
