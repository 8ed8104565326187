import {
  Archive,
  CornerUpRight,
  Flag,
  FolderInput,
  Inbox,
  Mail,
  MailOpen,
  PenLine,
  Reply,
  ReplyAll,
  Tag,
  Trash2,
} from 'lucide-react';
import { markSeen, moveRows, toggleFlag, trashRows } from '../../actions/messages/act-on-rows';
import { forwardMessage, replyTo, replyToAll } from '../../actions/compose/answer-message';
import { openMessage } from '../../actions/messages/open-message';
import { pick } from '../../state/picker';
import type { ThreadRow } from '../../state/lists/thread-rows';
import type { Services } from '../../state/services';
import type { MenuEntry } from '../../ui/menus/menu-entry';

const LINE: MenuEntry = { kind: 'separator' };

const answers = (row: ThreadRow): MenuEntry[] => [
  { kind: 'item', label: 'Reply', icon: Reply, shortcut: 'R', run: () => void replyTo(row.newest) },
  { kind: 'item', label: 'Reply to all', icon: ReplyAll, shortcut: 'A', run: () => void replyToAll(row.newest) },
  { kind: 'item', label: 'Forward', icon: CornerUpRight, shortcut: 'F', run: () => void forwardMessage(row.newest) },
  LINE,
];

const moves = (services: Services, rows: readonly ThreadRow[], folder: string | undefined): MenuEntry[] => [
  ...(folder === 'inbox'
    ? []
    : [
        {
          kind: 'item',
          label: 'Move to Inbox',
          icon: Inbox,
          run: () => void moveRows(services, 'inbox', rows),
        } as const,
      ]),
  ...(folder === 'archive'
    ? []
    : [
        {
          kind: 'item',
          label: 'Archive',
          icon: Archive,
          shortcut: 'E',
          run: () => void moveRows(services, 'archive', rows),
        } as const,
      ]),
  { kind: 'item', label: 'Move to…', icon: FolderInput, shortcut: 'V', run: () => pick({ kind: 'move-rows', rows }) },
  {
    kind: 'item',
    label: 'Tag…',
    icon: Tag,
    shortcut: 'T',
    run: () => pick({ kind: 'tag', messages: rows.flatMap((row) => row.messages) }),
  },
];

const marks = (services: Services, rows: readonly ThreadRow[]): MenuEntry[] => {
  const unread = rows.some((row) => row.unread > 0);
  const flagged = rows.every((row) => row.flagged);
  return [
    {
      kind: 'item',
      label: unread ? 'Mark as read' : 'Mark as unread',
      icon: unread ? MailOpen : Mail,
      run: () => void markSeen(services, unread, rows),
    },
    {
      kind: 'item',
      label: flagged ? 'Remove flag' : 'Flag',
      icon: Flag,
      shortcut: 'S',
      run: () => void toggleFlag(services, rows),
    },
    LINE,
  ];
};

/** The context menu of a row, or of all marked rows when it is one of them. */
export const rowMenu = (services: Services, rows: readonly ThreadRow[]): MenuEntry[] => {
  const [first] = rows;
  if (!first) return [];
  const { folder } = first.newest;
  const remove: MenuEntry = {
    kind: 'item',
    label: folder === 'trash' || folder === 'drafts' ? 'Delete for good…' : 'Move to Trash',
    icon: Trash2,
    tone: 'danger',
    shortcut: 'Del',
    run: () => void trashRows(services, rows),
  };
  if (folder === 'drafts') {
    return [
      { kind: 'item', label: 'Go on writing', icon: PenLine, run: () => openMessage(first.newest) },
      LINE,
      remove,
    ];
  }
  if (folder === 'outbox') return marks(services, rows).slice(1, 2);
  return [
    ...(rows.length === 1 ? answers(first) : []),
    ...marks(services, rows),
    ...moves(services, rows, folder),
    remove,
  ];
};
