import { headerValuesIn } from '../../../domain/clients/header-text';
import type { MailboxId } from '../../../../../shared/ids';
import type { Account } from './account-of';

/** The decoded values of a header field of one message as this program sees it. */
export function headerValues(
  { mail, form }: Pick<Account, 'mail' | 'form'>,
  { mailbox, uid, field }: { readonly mailbox: MailboxId; readonly uid: number; readonly field: string },
): string[] {
  const [message] = mail.served.messages({ mailbox, form, uids: [uid] });
  if (!message) return [];
  const { from, to } = message.entity.header;
  return headerValuesIn(mail.served.octets({ mailbox, form, uid, from, to }), field);
}
