import type { MailboxId } from '../../../../../shared/ids';
import type { Account } from './account-of';

/** A message as this program sees it, whole. */
export function wholeOctets(
  { mail, form }: Pick<Account, 'mail' | 'form'>,
  o: { readonly mailbox: MailboxId; readonly uid: number },
): Uint8Array {
  const [message] = mail.served.messages({ mailbox: o.mailbox, form, uids: [o.uid] });
  return mail.served.octets({ ...o, form, from: 0, to: message?.size ?? 0 });
}
