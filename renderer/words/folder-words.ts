import type { MailboxRef, MailboxSummary } from '../../shared/mailbox';
import type { Folder } from '../../shared/message';

/** What each folder is called. */
export const folderName: Readonly<Record<Folder, string>> = {
  inbox: 'Inbox',
  requests: 'Requests',
  drafts: 'Drafts',
  outbox: 'Outbox',
  sent: 'Sent',
  archive: 'Archive',
  trash: 'Trash',
};

/** What the inboxes of all identities in one list are called. */
export const allInboxes = 'All inboxes';

/** The order in which folders are listed. */
export const FOLDERS: readonly Folder[] = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'];

/** What one mailbox is called; `all`: those of its identity. */
export const mailboxTitle = (all: readonly MailboxSummary[], ref: MailboxRef): string => {
  if (isSpecial(ref)) return folderName[ref];
  const found = all.find(({ id }) => id === ref);
  return found?.specialUse ? folderName[found.specialUse] : (found?.name ?? 'Folder');
};

/** The same with those that it lies in: `Projects / 2026`. */
export const mailboxPath = (all: readonly MailboxSummary[], mailbox: MailboxSummary): string => {
  const parent = all.find(({ id }) => id === mailbox.parentId);
  const title = mailboxTitle(all, mailbox.id);
  return parent ? `${mailboxPath(all, parent)} / ${title}` : title;
};

/** Whether it is one that every identity has. */
export const isSpecial = (ref: MailboxRef): ref is Folder => ref in folderName;
