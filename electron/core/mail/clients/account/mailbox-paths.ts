import type { MailboxId } from '../../../../../shared/ids';
import type { MailboxSummary } from '../../../../../shared/mailbox';
import type { Folder } from '../../../../../shared/message';
import type { ImapMailbox } from '../../../ports/imap';
import type { Account } from './account-of';

/** Junk has none: what strangers write lies in Requests, which is no junk. */
const SPECIAL_USES: Partial<Record<Folder, string>> = {
  sent: '\\Sent',
  drafts: '\\Drafts',
  trash: '\\Trash',
  archive: '\\Archive',
};

/**
 * The mailboxes as IMAP names them, each behind the one it lies in. Requests is one that others read, flag, move from
 * and delete from, and put nothing into. The outbox is shown, so that nobody takes for sent what still waits for its
 * recipient, and is read only: to stop a delivery is up to the window.
 */
export function listMailboxes({ mail }: Pick<Account, 'mail'>): ImapMailbox[] {
  const all = mail.mailboxes.all();
  const paths = pathsOf(all);
  const hidden = new Set(mail.clients.unsubscribed());
  const holders = new Set(all.map(({ parentId }) => parentId));
  return all.map(({ id, specialUse }) => ({
    id,
    path: paths.get(id) ?? [],
    isSubscribed: !hidden.has(id),
    hasChildren: holders.has(id),
    ...(specialUse === 'outbox' ? { isReadOnly: true } : {}),
    ...attributeOf(specialUse),
  }));
}

function attributeOf(use: Folder | undefined): { specialUse?: string } {
  const specialUse = use && SPECIAL_USES[use];
  return specialUse === undefined ? {} : { specialUse };
}

/** `all`: each behind the one it lies in. */
export function pathsOf(all: readonly MailboxSummary[]): ReadonlyMap<MailboxId, readonly string[]> {
  const paths = new Map<MailboxId, readonly string[]>();
  for (const { id, name, parentId, specialUse } of all) {
    const above = parentId === undefined ? [] : (paths.get(parentId) ?? []);
    paths.set(id, [...above, specialUse === 'inbox' ? 'INBOX' : name]);
  }
  return paths;
}
