import { PosthornError } from '../../../../shared/errors';
import type { MailboxId } from '../../../../shared/ids';
import type { MailboxRef } from '../../../../shared/mailbox';
import { Folder } from '../../../../shared/message';
import type { SqlConnection } from '../sql/sql-connection';

/** The row of a mailbox that everybody has: the same in every database, and never removed. */
export function specialRow(folder: Folder): number {
  return Folder.options.indexOf(folder) + 1;
}

/** Throws `mailbox-unknown`. */
export function mailboxRow(sql: SqlConnection, mailbox: MailboxRef): number {
  const special = Folder.safeParse(mailbox);
  if (special.success) return specialRow(special.data);
  const id = mailbox as MailboxId;
  const found = sql.get<{ row: number }>('SELECT row FROM mailboxes WHERE id = $id', { id });
  if (found === undefined) throw new PosthornError('mailbox-unknown', 'This mailbox is not there any more.');
  return found.row;
}
