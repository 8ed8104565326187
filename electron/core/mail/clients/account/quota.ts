import type { ImapAccount } from '../../../ports/imap';
import type { Account } from './account-of';

const KIB = 1024;

/** What the mail takes, and what it may take: that and all that is free on the disk. Kibibytes (RFC 9208). */
export function quotaOf({ mail }: Pick<Account, 'mail'>): ReturnType<ImapAccount['quota']> {
  const octets = mail.mailboxes.all().reduce((sum, { id }) => sum + mail.mailboxes.state(id).octets, 0);
  return { used: Math.ceil(octets / KIB), limit: Math.floor((octets + mail.storage.free()) / KIB) };
}
