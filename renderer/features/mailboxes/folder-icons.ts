import { Archive, FileText, Inbox, Send, Trash2, UserRoundPlus, Clock } from 'lucide-react';
import type { Folder } from '../../../shared/message';
import type { IconType } from '../../ui/Icon';

/** The icon of each folder. */
export const folderIcons: Readonly<Record<Folder, IconType>> = {
  inbox: Inbox,
  requests: UserRoundPlus,
  drafts: FileText,
  outbox: Clock,
  sent: Send,
  archive: Archive,
  trash: Trash2,
};
