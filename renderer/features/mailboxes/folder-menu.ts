import { Eraser, FolderInput, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { deleteMailbox, emptyMailbox } from '../../actions/mailboxes/change-mailboxes';
import type { MailboxId } from '../../../shared/ids';
import type { MailboxSummary } from '../../../shared/mailbox';
import { pick } from '../../state/picker';
import type { Services } from '../../state/services';
import type { MenuEntry } from '../../ui/menus/menu-entry';

/** The name that is being typed: of a new folder in `parentId` (undefined: at the top), or a new one of `id`. */
export type Editing = {
  readonly kind: 'new' | 'rename';
  readonly id?: MailboxId;
  readonly parentId: MailboxId | undefined;
};

/** What can be done with a folder of the person's own. */
export const folderMenu = (
  services: Services,
  mailbox: MailboxSummary,
  onEdit: (editing: Editing) => void,
): MenuEntry[] => [
  {
    kind: 'item',
    label: 'New folder in it',
    icon: FolderPlus,
    run: () => onEdit({ kind: 'new', parentId: mailbox.id }),
  },
  {
    kind: 'item',
    label: 'Rename',
    icon: Pencil,
    shortcut: 'F2',
    run: () => onEdit({ kind: 'rename', id: mailbox.id, parentId: mailbox.parentId }),
  },
  {
    kind: 'item',
    label: 'Move into…',
    icon: FolderInput,
    shortcut: 'V',
    run: () => pick({ kind: 'move-mailbox', mailbox }),
  },
  { kind: 'separator' },
  {
    kind: 'item',
    label: 'Empty…',
    icon: Eraser,
    disabled: mailbox.messages === 0,
    run: () => emptyMailbox(services, mailbox),
  },
  {
    kind: 'item',
    label: 'Delete…',
    icon: Trash2,
    tone: 'danger',
    shortcut: 'Del',
    run: () => deleteMailbox(services, mailbox),
  },
];
