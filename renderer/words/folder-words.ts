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

/** The order in which folders are listed. */
export const FOLDERS: readonly Folder[] = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'];
