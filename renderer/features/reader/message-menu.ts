import { Archive, CornerUpRight, Download, Info, Mail, Reply, ReplyAll, Trash2 } from 'lucide-react';
import { forwardMessage, replyTo, replyToAll } from '../../actions/compose/answer-message';
import { moveMessages } from '../../actions/messages/move-messages';
import { saveMessage } from '../../actions/messages/save-message';
import { setFlags } from '../../actions/messages/set-flags';
import type { MessageSummary } from '../../../shared/message';
import { closeConversation } from '../../state/selection';
import type { Services } from '../../state/services';
import type { MenuEntry } from '../../ui/menus/menu-entry';

const LINE: MenuEntry = { kind: 'separator' };

const markUnread = (services: Services, message: MessageSummary): void => {
  // The reader would mark it as read again.
  closeConversation();
  void setFlags(services, { messages: [message], change: { seen: false } });
};

/** What can be done with one message of a conversation. */
export const messageMenu = (services: Services, message: MessageSummary, onDetails: () => void): MenuEntry[] => {
  const move = (folder: 'archive' | 'trash') => void moveMessages(services, { messages: [message], folder });
  const moves: MenuEntry[] =
    message.folder === 'outbox'
      ? []
      : [
          { kind: 'item', label: 'Mark as unread', icon: Mail, run: () => markUnread(services, message) },
          {
            kind: 'item',
            label: 'Archive this message',
            icon: Archive,
            disabled: message.folder === 'archive',
            run: () => move('archive'),
          },
          {
            kind: 'item',
            label: 'Move this message to Trash',
            icon: Trash2,
            tone: 'danger',
            disabled: message.folder === 'trash',
            run: () => move('trash'),
          },
          LINE,
        ];
  return [
    { kind: 'item', label: 'Reply', icon: Reply, run: () => void replyTo(message) },
    { kind: 'item', label: 'Reply to all', icon: ReplyAll, run: () => void replyToAll(message) },
    { kind: 'item', label: 'Forward', icon: CornerUpRight, run: () => void forwardMessage(message) },
    LINE,
    ...moves,
    {
      kind: 'item',
      label: 'Save as .eml…',
      icon: Download,
      testId: 'save-eml',
      run: () => void saveMessage(services, message),
    },
    { kind: 'item', label: 'Details', icon: Info, testId: 'menu-details', run: onDetails },
  ];
};
